// The types against the schemas, key by key and word by word, and against the TypeScript compiler.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const OPTIONS = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noEmit: true,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'],
  types: [],
};
const KINDS = {
  'as Node resolves': { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
  'as a bundler resolves': { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
};

export default ({ root, installed }) => {
  const schemas = Object.fromEntries(
    ['scenario', 'report', 'question', 'solution'].map((name) => {
      const schema = JSON.parse(readFileSync(path.join(root, 'schema', `${name}.schema.json`), 'utf8'));
      return [schema.$id, schema];
    }),
  );
  const file = path.join(installed.here, 'node_modules', 'margin-calculator', 'index.d.ts');
  const program = ts.createProgram([file], { ...OPTIONS, ...KINDS['as Node resolves'] });
  const checker = program.getTypeChecker();
  const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(file)));
  const named = (name) => checker.getDeclaredTypeOfSymbol(exported.find((symbol) => symbol.name === name));
  const compare = (name, schema) => differences(checker, schemas, named(name), schema, schema, name);

  const tests = {
    'the types are those of the schemas': () => {
      for (const name of ['Scenario', 'Report', 'Question', 'Solution']) {
        const { found, looked } = compare(name, schemas[`urn:margin-calculator:${name.toLowerCase()}:1`]);
        assert.deepEqual(found, []);
        assert.ok(looked > 10, `${name}: ${looked} keys looked at`);
      }
    },
    'a type that is not that of its schema is found': () => {
      const broken = structuredClone(schemas['urn:margin-calculator:report:1']);
      const { position, crossing, problem } = broken.$defs;
      delete position.properties.tier;
      position.properties.novel = { type: 'string' };
      crossing.required.push('beyond_table');
      problem.properties.code.enum.push('odd');
      position.properties.notional = { type: 'integer' };
      const found = compare('Report', broken).found.join('\n');
      for (const word of ['tier', 'novel', 'beyond_table', 'odd', 'notional']) assert.match(found, new RegExp(word));
    },
  };
  for (const [name, kind] of Object.entries(KINDS)) {
    tests[`a program with the types is checked ${name}`] = () => {
      const source = readFileSync(path.join(root, 'package', 'tests', 'sample.ts'), 'utf8');
      const sample = installed.write('sample.ts', source);
      const checked = ts.createProgram([sample], { ...OPTIONS, ...kind });
      const said = ts.getPreEmitDiagnostics(checked).map((diagnostic) => {
        const line = diagnostic.file?.getLineAndCharacterOfPosition(diagnostic.start).line + 1;
        return `${diagnostic.file?.fileName}:${line} ${ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')}`;
      });
      assert.deepEqual(said, []);
    };
  }
  return tests;
};

/** Where a type and a schema differ, and how many keys were looked at. */
function differences(checker, schemas, type, schema, owner, name) {
  const found = [];
  const seen = new Set();
  let looked = 0;
  visit(type, schema, owner, name);
  return { found, looked };

  function visit(type, unresolved, from, name) {
    const { schema, root } = resolve(unresolved, from);
    const parts = (type.isUnion() ? type.types : [type]).filter((part) => !isNever(part));
    const is = (flag) => parts.filter((part) => part.flags & flag);
    const kinds = kindsOf(schema, root);
    const has = {
      null: is(ts.TypeFlags.Null).length > 0,
      string: is(ts.TypeFlags.StringLike).length > 0,
      boolean: is(ts.TypeFlags.BooleanLike).length > 0,
      number: is(ts.TypeFlags.NumberLike).length > 0,
      array: parts.some((part) => checker.isArrayType(part)),
      object: is(ts.TypeFlags.Object).some((part) => !checker.isArrayType(part)),
    };
    const listed = Object.keys(has).filter((kind) => has[kind]);
    if (String([...listed].sort()) !== String([...kinds].sort())) {
      found.push(`${name}: the type is ${listed}, the schema ${[...kinds]}`);
      return;
    }
    const words = schema.enum ?? ('const' in schema ? [schema.const] : undefined);
    const literals = parts.filter((part) => part.isLiteral()).map((part) => part.value);
    if (is(ts.TypeFlags.BooleanLiteral).length === 1) literals.push(checker.typeToString(is(ts.TypeFlags.BooleanLiteral)[0]) === 'true');
    const expected = (words ?? []).filter((word) => word !== null);
    if (String([...literals].sort()) !== String([...expected].sort())) {
      found.push(`${name}: the type has ${literals}, the schema ${expected}`);
    }
    if (has.array) visit(checker.getTypeArguments(parts.find((part) => checker.isArrayType(part)))[0], schema.items, root, `${name}[]`);
    if (has.object) object(parts.filter((part) => part.flags & ts.TypeFlags.Object && !checker.isArrayType(part)), schema, root, name);
  }

  function object(types, schema, root, name) {
    // The same types can stand in several places; each place has a schema of its own.
    const place = `${types.map((type) => checker.typeToString(type))} ${name.split('.').length}`;
    if (seen.has(place)) return;
    seen.add(place);
    const index = types.map((type) => type.getStringIndexType()).find(Boolean);
    if (index) {
      visit(index, schema.additionalProperties, root, `${name}.*`);
      return;
    }
    const keys = new Set(types.flatMap((type) => type.getProperties().map((property) => property.name)));
    const stated = new Set(Object.keys(schema.properties));
    for (const key of different(keys, stated)) {
      found.push(`${name}.${key}: only in the ${keys.has(key) ? 'type' : 'schema'}`);
    }
    for (const key of [...keys].filter((key) => stated.has(key))) {
      looked += 1;
      const symbols = types.map((type) => type.getProperty(key));
      const isOptional = symbols.some((symbol) => !symbol || symbol.flags & ts.SymbolFlags.Optional);
      const isRequired = (schema.required ?? []).includes(key);
      if (isOptional === isRequired) {
        found.push(`${name}.${key}: ${isOptional ? 'optional' : 'needed'} in the type, otherwise in the schema`);
      }
      const parts = symbols.filter(Boolean).map((symbol) => checker.getTypeOfSymbol(symbol));
      const whole = parts.flatMap((type) => (type.isUnion() ? type.types : [type]));
      const defined = [...new Set(whole)].filter((part) => !(part.flags & ts.TypeFlags.Undefined) && !isNever(part));
      visit(unionOf(defined), schema.properties[key], root, `${name}.${key}`);
    }
  }

  /** Types as one union, as far as this file asks. */
  function unionOf(types) {
    return types.length === 1 ? types[0] : { isUnion: () => true, types, flags: ts.TypeFlags.Union };
  }

  function resolve(schema, root) {
    const refers = schema.$ref ?? (schema.allOf?.length === 1 ? schema.allOf[0].$ref : undefined);
    if (refers) {
      const [document, pointer = ''] = refers.split('#');
      const owner = document ? schemas[document] : root;
      const target = pointer.split('/').filter(Boolean).reduce((at, key) => at[key], owner);
      const resolved = resolve(target, owner);
      const required = [...(resolved.schema.required ?? []), ...(schema.required ?? [])];
      // A reference says more beside itself: which type of those it allows, and what is needed.
      const merged = { ...resolved.schema, ...(schema.type ? { type: schema.type } : {}) };
      return { schema: required.length ? { ...merged, required } : merged, root: resolved.root };
    }
    return { schema, root };
  }

  function kindsOf(schema, root) {
    if (schema.enum) return new Set(schema.enum.map((word) => (word === null ? 'null' : typeof word)));
    if ('const' in schema) return new Set([typeof schema.const]);
    if (schema.anyOf && !schema.properties) {
      const each = schema.anyOf.map((one) => resolve(one, root));
      return new Set(each.flatMap((one) => [...kindsOf(one.schema, one.root)]));
    }
    return new Set([schema.type].flat().map((kind) => (kind === 'integer' ? 'number' : kind)));
  }
}

function isNever(type) {
  return Boolean(type.flags & ts.TypeFlags.Never);
}

function different(a, b) {
  return [...a].filter((key) => !b.has(key)).concat([...b].filter((key) => !a.has(key)));
}
