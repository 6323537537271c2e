import { ICalCalendarMethod, ICalEventStatus, ICalEventTransparency, default as newCalendar } from "ical-generator";
import { occasionText, quoteOf, uidOf } from "./coming.ts";
import type { StandingDay } from "./standing.ts";

/** What a calendar is called, and how the stories and outlets that it names are. */
export type Names = {
  readonly calendar: string;
  readonly story: (storyId: number) => string;
  readonly feed: (feedId: string) => string;
};

/**
 * Days as an iCalendar file (RFC 5545): a whole day each, with the sentence that sets it. A day keeps its UID when it is moved or taken
 * back and gets a higher SEQUENCE, so that a calendar that took an earlier file changes what it has.
 */
export function calendarFile(days: readonly StandingDay[], names: Names, now: Date): string {
  const calendar = newCalendar({
    name: names.calendar,
    prodId: { company: "policywire", product: "deadlines", language: "EN" },
    method: ICalCalendarMethod.PUBLISH,
  });
  for (const day of days) {
    const [claim] = day.claims;
    const isOff = day.state === "cancelled" || day.state === "moved";
    calendar.createEvent({
      id: uidOf(day),
      sequence: 2 * day.moves + Number(isOff),
      stamp: now,
      start: new Date(day.day),
      allDay: true,
      transparency: ICalEventTransparency.TRANSPARENT,
      status: isOff ? ICalEventStatus.CANCELLED : statusOf(day),
      summary: `${occasionText(day)}: ${names.story(day.storyId)}`,
      description: `“${quoteOf(day)}” ${names.feed(claim.feedId)}, ${claim.url}`,
      url: claim.url,
    });
  }
  return calendar.toString();
}

const statusOf = ({ state, tentative }: StandingDay): ICalEventStatus =>
  tentative || state === "contested" ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED;
