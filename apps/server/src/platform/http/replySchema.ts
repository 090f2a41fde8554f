import { z } from 'zod';

/**
 * The JSON schema by which Fastify's serialiser writes a reply: undeclared fields fall away. `additionalProperties: false` must go,
 * since inside unions it makes the serialiser throw on the undeclared field instead of dropping it.
 */
export const replySchema = (reply: z.ZodType): object =>
  z.toJSONSchema(reply, {
    target: 'draft-7',
    io: 'output',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
      // The serialiser rewrites date-time strings through Date; ours are right already.
      delete jsonSchema.format;
      delete jsonSchema.pattern;
    },
  }) as object;
