import type { Locale, LocalizationMap } from "discord.js";

type Names = Readonly<Partial<Record<`${Locale}`, string>>>;

/** Names under which people find the commands in their own language; what is missing is shown in English. */
const NAMES: Readonly<Record<string, Names>> = {
  follow: { de: "folgen", fr: "suivre", "es-ES": "seguir" },
  following: { de: "abos", fr: "suivis", "es-ES": "siguiendo" },
  latest: { de: "neueste", fr: "derniers", "es-ES": "recientes" },
  deadlines: { de: "fristen", fr: "echeances", "es-ES": "plazos" },
  search: { de: "suche", fr: "chercher", "es-ES": "buscar" },
  story: { de: "geschichte", fr: "affaire", "es-ES": "asunto" },
  quotes: { de: "zitate", fr: "citations", "es-ES": "citas" },
  memo: { de: "memo", fr: "memo", "es-ES": "memo" },
  trend: { de: "verlauf", fr: "tendance", "es-ES": "tendencia" },
  why: { de: "warum", fr: "pourquoi", "es-ES": "porque" },
  points: { de: "streitpunkte", fr: "enjeux", "es-ES": "puntos" },
  feeds: { de: "quellen", fr: "sources", "es-ES": "fuentes" },
  status: { de: "zustand", fr: "etat", "es-ES": "estado" },
  leadership: { de: "leitung", fr: "direction", "es-ES": "direccion" },
  settings: { de: "einstellungen", fr: "reglages", "es-ES": "ajustes" },
  help: { de: "hilfe", fr: "aide", "es-ES": "ayuda" },
  mute: { de: "stumm", fr: "taire", "es-ES": "silenciar" },
};

export function localized(
  name: string,
  description: string,
): { name: string; description: string; name_localizations?: LocalizationMap } {
  const names = NAMES[name];
  return { name, description, ...(names === undefined ? {} : { name_localizations: names }) };
}
