import { z } from "zod";
import type { Problem } from "#settings/problem.ts";
import { type Path, pathText, type YamlFile } from "./yaml-file.ts";

/** What a schema holds against a file, each with its line and what to write instead: the schema's own description. */
export function explain(schema: z.ZodType, issue: z.core.$ZodIssue, yaml: YamlFile): readonly Problem[] {
  const { file, lineOf, lineOfKey } = yaml;
  if (issue.code === "unrecognized_keys") {
    const allowed = Object.keys(shapeAt(schema, issue.path)).join(", ");
    return issue.keys.map((key) => ({
      file,
      line: lineOfKey(issue.path, key),
      path: pathText([...issue.path, key]),
      message: "unknown key",
      remedy: `Remove it, or write one of: ${allowed}.`,
    }));
  }
  const key = issue.path.at(-1);
  const missing = typeof key === "string" && !hasAt(yaml.value, issue.path);
  const description = descriptionOf(schemaAt(schema, issue.path));
  return [
    {
      file,
      line: lineOf(issue.path),
      path: pathText(issue.path) || null,
      message: missing ? "missing" : messageOf(issue),
      remedy: missing ? `Add \`${key}\`. ${description}` : description,
    },
  ];
}

/** What is asked for, and of a map, or the maps of a list, the keys that must stand. */
function descriptionOf(schema: z.ZodType | undefined): string {
  const inner = schema && unwrapped(schema);
  const one = inner instanceof z.ZodArray ? unwrapped(inner.element) : inner;
  const must = one instanceof z.ZodObject ? Object.entries(one.shape).filter(([, value]) => !isOptional(value)) : [];
  const keys = must.map(([key]) => key).join(", ");
  return `${schema?.description ?? "Mend it."}${keys && ` ${one === inner ? "It" : "Each"} has ${keys}.`}`;
}

function messageOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return `not ${issue.expected === "array" ? "a list" : issue.expected === "object" ? "a map" : `a ${issue.expected}`}`;
    case "invalid_value":
      return `not one of ${issue.values.join(", ")}`;
    case "invalid_format":
      return issue.format === "url" ? "not a web address" : "not in the form asked for";
    case "too_small":
      return "empty";
    case "too_big":
      return "too long";
    default:
      return issue.message;
  }
}

function hasAt(value: unknown, path: Path): boolean {
  let here = value;
  for (const step of path) {
    if (typeof here !== "object" || here === null || !(step in here)) return false;
    here = (here as Record<PropertyKey, unknown>)[step];
  }
  return true;
}

function schemaAt(schema: z.ZodType, path: Path): z.ZodType | undefined {
  let here: z.core.$ZodType | undefined = schema;
  for (const step of path) {
    const inner: z.core.$ZodType | undefined = here && unwrapped(here);
    if (inner instanceof z.ZodObject) here = (inner.shape as Record<PropertyKey, z.core.$ZodType>)[step];
    else here = inner instanceof z.ZodArray ? inner.element : undefined;
  }
  return here as z.ZodType | undefined;
}

function shapeAt(schema: z.ZodType, path: Path): object {
  const at = schemaAt(schema, path);
  const inner = at && unwrapped(at);
  return inner instanceof z.ZodObject ? inner.shape : {};
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  return isOptional(schema) ? schema.unwrap() : schema;
}

const isOptional = (schema: unknown): schema is z.ZodOptional | z.ZodDefault =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodDefault;
