import { type JsonSchema, jsonSchema } from "#answers/json-schema.ts";
import { problemShape } from "./problem.ts";
import { BASE, ROUTES, type Route } from "./routes.ts";

/** The document that describes the interface (OpenAPI 3.1), made of what the questions themselves are parsed by. */
export function openApi(title: string, version: string): object {
  return {
    openapi: "3.1.0",
    info: {
      title: `Policywire: ${title}`,
      version,
      description:
        "Policy news by friction point. Every sentence and fact says where it stands: the name of the source, whether it is a primary one, its address and its date.",
    },
    servers: [{ url: BASE }],
    security: [{}, { token: [] }],
    paths: Object.fromEntries(ROUTES.map((route) => [route.path, { get: operationOf(route) }])),
    components: {
      securitySchemes: { token: { type: "http", scheme: "bearer" } },
      schemas: {
        ...Object.fromEntries(ROUTES.map((route) => [nameOf(route), jsonSchema(route.question.shape)])),
        Problem: jsonSchema(problemShape),
      },
    },
  };
}

/** `/stories/{story}` is `Story`, `/latest` is `Latest`. */
function nameOf({ path, inPath }: Route): string {
  const name = inPath ?? path.slice(1);
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
}

function operationOf(route: Route): object {
  const { question, inPath } = route;
  const { properties = {}, required = [] } = jsonSchema(question.asked);
  const problem = (description: string) => ({
    description,
    content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
  });
  return {
    operationId: nameOf(route).toLowerCase(),
    summary: question.does,
    parameters: Object.entries(properties).map(([name, property]) => {
      const { description, ...schema } = property as JsonSchema;
      const isInPath = name === inPath;
      return {
        name,
        in: isInPath ? "path" : "query",
        required: isInPath || required.includes(name),
        description,
        schema,
        // Lists are parted by commas; the parameter may be repeated as well.
        ...(schema.type === "array" && { style: "form", explode: false }),
      };
    }),
    responses: {
      200: {
        description: "The answer.",
        content: { "application/json": { schema: { $ref: `#/components/schemas/${nameOf(route)}` } } },
      },
      400: problem("It cannot be asked so: `faults` names the parameters."),
      404: problem("What is asked for is not there."),
      default: problem("It is not answered now, or not to whoever asks: 401, 421, 429, 500, 503."),
    },
  };
}
