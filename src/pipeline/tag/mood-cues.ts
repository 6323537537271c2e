/** What words around a hit do to it. General English, no topic. */
export type MoodCue = "negation" | "denial" | "demand" | "proposal" | "condition";

export const MOOD_CUES: Readonly<Record<MoodCue, readonly string[]>> = {
  // Only what denies the thing itself: a bill that fails or a company that refuses is still about the thing.
  negation: [
    "no",
    "without (any|a|an|)",
    "nor",
    "neither",
    "(=not|cannot|doesn't|don't|didn't|won't|isn't|wouldn't|nothing) NEAR/4 (provide|create|require|include|impose|establish|authorize|authorise|constitute|contain|involve|apply|mean|confer|mandate|grant|form)",
    "(lack|absent)",
  ],
  // What is not done: "won't sign", "has not banned".
  denial: [
    "(=not|won't|doesn't|didn't|hasn't|hadn't|haven't|isn't|wasn't|never|yet to|refuse* to|decline* to|fail* to)",
  ],
  demand: [
    "(should|must|ought)",
    "(call|calling) (for|on)",
    "(urge|demand|insist|press|pressure|recommend|advocate|want|petition|plead)",
    "(ask|asking) (for|congress|lawmaker|regulator|government)",
  ],
  proposal: ["(propose|proposal|draft|bill|introduce|plan)", "would"],
  condition: [
    "(could|may|might)",
    "(consider|weigh|mull|contemplate|eye)",
    "if (carried|adopted|enacted|passed|approved|implemented)",
    "(potential|possible|likely)",
    "(expected|prepared|poised|threaten) to",
  ],
};
