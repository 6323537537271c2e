import { html } from "./html.ts";
import { pageReply } from "./layout.ts";
import type { Reply } from "./reply.ts";

type Asked = {
  /** The path to go to afterwards. */
  readonly next: string;
  readonly fault?: string;
  readonly again?: boolean;
};

/** The form that asks for the token. It tells nothing of what is behind it. */
export const signInPage = ({ next, fault, again = false }: Asked): Reply =>
  pageReply(
    {
      title: "Sign in",
      shut: true,
      again,
      main: html`<div class="intro narrow"><h1>Sign in</h1>
<p>These pages are for those who have their token. Whoever runs Policywire gives it out.</p>
${fault !== undefined && html`<p class="note fault" role="alert" id="fault">${fault}</p>\n`}<form method="post" action="/sign-in">
<label>Token<input type="password" name="token" required autocomplete="current-password" maxlength="500"${fault !== undefined && html` aria-invalid="true" aria-describedby="fault"`}></label>
<input type="hidden" name="next" value="${next}">
<button>Sign in</button>
</form></div>`,
    },
    401,
    { "cache-control": "no-store", "www-authenticate": 'Bearer realm="Policywire"' },
  );
