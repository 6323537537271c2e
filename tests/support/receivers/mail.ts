import type { Fault, Receiver } from "./receiver.ts";
import { arrivalOf } from "./shown.ts";
import { mailProblems, type SmtpFaults, startSmtp } from "./smtp.ts";

/** A mail server and a mailbox for the chaos run, which knows a mail again by its Message-ID. */
export async function startMailReceiver(): Promise<Receiver> {
  let plan: () => Fault | null = () => null;
  const server = await startSmtp({}, () => faultsOf(plan()));
  return {
    kind: "mail",
    settings: { server: `smtp://127.0.0.1:${server.port}`, from: "news@policy.example", to: "desk@firm.example" },
    arrivals: () => server.arrived.map(({ read: { text = "", messageId = "" } }) => arrivalOf(text, messageId)),
    faults: () => server.arrived.flatMap(({ raw }) => mailProblems(raw)),
    meet(wanted) {
      plan = wanted;
    },
    close: () => server[Symbol.asyncDispose](),
  };
}

/** A fault of HTTP as a mail server has it. */
function faultsOf(fault: Fault | null): SmtpFaults {
  if (fault === null) return {};
  if (fault.kind === "late") return { manner: "hang-up", keptAfterMs: fault.afterMs };
  const kept = fault.when === "after" ? { keptAfterMs: 0 } : {};
  if (fault.kind !== "status") return { manner: fault.kind === "cut" ? "hang-up" : "hang", ...kept };
  if (fault.status === 403) return { sender: 550 };
  return fault.status === 429 ? { greeting: 421 } : { content: 451, ...kept };
}
