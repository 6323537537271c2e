import { readFileSync } from "node:fs";

/**
 * A certificate of its own for `mail.policy.example` or `other.example`, with its key, both as PEM; nobody trusts it who is not told to.
 * Made once, for a hundred years: `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500 -subj /CN=NAME
 * -addext subjectAltName=DNS:NAME`.
 */
export function certificateFor(name: string): { readonly key: string; readonly cert: string } {
  const [key, cert] = ["key", "cert"].map((part) => readFileSync(`tests/fixtures/tls/${name}.${part}.pem`, "utf8"));
  return { key: key ?? "", cert: cert ?? "" };
}
