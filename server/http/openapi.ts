import * as z from 'zod/mini';
import { problemSchema } from '#shared/problem.ts';
import { operations, type Operation } from './operations.ts';
import { problemTable } from './problem-table.ts';

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 document, made from the schemas that the server itself parses with. */
export function openApiDocument(): Json {
  const paths: Record<string, Json> = {};
  for (const operation of operations) {
    const path = operation.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [operation.method]: describe(operation) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Delineate Downloads',
      version: '1.0.0',
      description: 'Downloads that take longer than a gateway waits: ask, poll, fetch.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    paths,
    components: { schemas: { Problem: schemaOf(problemSchema, 'output') } },
  };
}

function describe(operation: Operation): Json {
  const { success } = operation;
  return {
    operationId: operation.id,
    summary: operation.summary,
    parameters: [...pathParameters(operation), ...queryParameters(operation), ...headerParameters(operation)],
    ...(operation.body && { requestBody: { required: true, content: json(schemaOf(operation.body, 'input')) } }),
    responses: {
      [success.status]: {
        description: success.meaning,
        ...(success.body && { content: json(schemaOf(success.body, 'output')) }),
      },
      ...problemResponses(operation),
    },
  };
}

function pathParameters({ path }: Operation): Json[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
}

function queryParameters({ query }: Operation): Json[] {
  if (!query) return [];
  const { properties = {}, required = [] } = schemaOf(query, 'input') as { properties?: Json; required?: string[] };
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', required: required.includes(name), schema }));
}

function headerParameters({ takesIdempotencyKey }: Operation): Json[] {
  return takesIdempotencyKey ? [{ name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', maxLength: 255 } }] : [];
}

function problemResponses({ problems }: Operation): Json {
  const statuses = [...new Set(problems.map((code) => problemTable[code].status))].toSorted((a, b) => a - b);
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: problems.filter((code) => problemTable[code].status === status).map((code) => `\`${code}\``).join(', '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}

const json = (schema: Json) => ({ 'application/json': { schema } });

function schemaOf(schema: z.core.$ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}
