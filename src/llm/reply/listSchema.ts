import type { JsonObject } from '../../foundation/json.ts';

/**
 * The JSON Schema of an object with one list of objects (OpenAI's strict form: all properties required, no others
 * allowed).
 */
export function listSchema(name: string, properties: JsonObject): JsonObject {
  return {
    type: 'object',
    properties: {
      [name]: {
        type: 'array',
        items: {
          type: 'object',
          properties,
          required: Object.keys(properties),
          additionalProperties: false,
        },
      },
    },
    required: [name],
    additionalProperties: false,
  };
}
