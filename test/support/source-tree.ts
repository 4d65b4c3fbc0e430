import { readdirSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The syntax tree of one file of `src`; `path` is relative to `src`, with forward slashes. */
export interface SourceModule {
  path: string;
  file: ts.SourceFile;
}

export interface Import {
  from: string;
  specifier: string;
  /** The imported file, relative to `src`; undefined for a package. */
  target: string | undefined;
}

/** Something the browser or the language provides, and where it is named: `Storage.setItem`, `setTimeout`. */
export interface PlatformUse {
  path: string;
  line: number;
  name: string;
  /** Assigned, incremented or deleted rather than read. */
  isWritten: boolean;
  node: ts.Node;
}

const parsed = ts.parseJsonConfigFileContent(
  ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile).config,
  ts.sys,
  ROOT,
);
// What no module may do, each in a line: the rules are tried on it.
const forbiddenPath = join(ROOT, 'test/support/forbidden.ts');
const options = { ...parsed.options, rootDir: ROOT };
const program = ts.createProgram([...parsed.fileNames, forbiddenPath], options);
const checker = program.getTypeChecker();

const sourceFolder = join(ROOT, 'src');

const load = (path: string): ts.SourceFile => {
  const file = program.getSourceFile(path);
  if (!file) throw new Error(`${path} is not part of tsconfig.json`);
  return file;
};

/** All modules of the agent: the doctor is a command for Node.js, and apart. */
export const modules: SourceModule[] = readdirSync(sourceFolder, { recursive: true })
  .map((path) => String(path).split(sep).join('/'))
  .filter((path) => path.endsWith('.ts') && !path.startsWith('doctor/'))
  .sort()
  .map((path) => ({ path, file: load(join(sourceFolder, path)) }));

/** A module that breaks the rules on purpose. */
export const forbidden: SourceModule = { path: 'forbidden.ts', file: load(forbiddenPath) };

export const lineOf = (node: ts.Node): number => {
  const file = node.getSourceFile();
  return file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
};

/** Calls `visit` for `node` and everything in it, until `visit` returns false. */
export const walk = (node: ts.Node, visit: (node: ts.Node) => unknown): void => {
  if (visit(node) !== false) ts.forEachChild(node, (child) => walk(child, visit));
};

/** Every static, dynamic and re-exporting import of a module, types included. */
export const importsOf = ({ path, file }: SourceModule): Import[] => {
  const specifiers: string[] = [];
  walk(file, (node) => {
    const isDeclaration = ts.isImportDeclaration(node) || ts.isExportDeclaration(node);
    const specifier = isDeclaration ? node.moduleSpecifier : dynamicSpecifier(node);
    if (specifier && ts.isStringLiteral(specifier)) specifiers.push(specifier.text);
  });
  return specifiers.map((specifier) => ({ from: path, specifier, target: resolve(path, specifier) }));
};

const dynamicSpecifier = (node: ts.Node): ts.Node | undefined => {
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return node.arguments[0];
  return ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
};

const resolve = (from: string, specifier: string): string | undefined =>
  specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier).replace(/\.js$/, '.ts') : undefined;

/** Uses of what TypeScript's own library declares (`lib.dom`, `lib.es…`), types left out. */
export const platformUsesOf = ({ path, file }: SourceModule): PlatformUse[] => {
  const uses: PlatformUse[] = [];
  walk(file, (node) => {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node))
      return false;
    const name = platformName(node);
    if (name) uses.push({ path, line: lineOf(node), name, isWritten: isWritten(node), node });
    return true;
  });
  return uses;
};

const platformName = (node: ts.Node): string | undefined => {
  const symbol = ts.isIdentifier(node) ? checker.getSymbolAtLocation(node) : undefined;
  return nameInLibrary(symbol) ?? nameInLibrary(takenProperty(node));
};

/** For `const { now } = performance` the property that is read: the identifier itself is a variable of ours. */
const takenProperty = (node: ts.Node): ts.Symbol | undefined => {
  if (ts.isBindingElement(node)) {
    const key = node.propertyName ?? node.name;
    return ts.isIdentifier(key) ? checker.getTypeAtLocation(node.parent).getProperty(key.text) : undefined;
  }
  // `window['fetch']` is `window.fetch`.
  if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression)) {
    return checker.getTypeAtLocation(node.expression).getProperty(node.argumentExpression.text);
  }
  return undefined;
};

const nameInLibrary = (symbol: ts.Symbol | undefined): string | undefined => {
  const declaration = symbol?.declarations?.[0];
  if (!symbol || !declaration || !isInLibrary(declaration)) return undefined;
  const owner = ts.isModuleBlock(declaration.parent) ? declaration.parent.parent : declaration.parent;
  const isMember = ts.isInterfaceDeclaration(owner) || ts.isModuleDeclaration(owner);
  return isMember ? `${owner.name.text}.${symbol.name}` : symbol.name;
};

const isInLibrary = (node: ts.Node): boolean =>
  program.isSourceFileDefaultLibrary(node.getSourceFile()) &&
  relative(dirname(node.getSourceFile().fileName), node.getSourceFile().fileName).startsWith('lib.');

const isWritten = (node: ts.Node): boolean => {
  const place = ts.isPropertyAccessExpression(node.parent) && node.parent.name === node ? node.parent : node;
  const user = place.parent;
  if (ts.isDeleteExpression(user)) return true;
  if (ts.isPrefixUnaryExpression(user) || ts.isPostfixUnaryExpression(user)) {
    return user.operator === ts.SyntaxKind.PlusPlusToken || user.operator === ts.SyntaxKind.MinusMinusToken;
  }
  return isAssignment(user) && user.left === place;
};

/** `a = b`, `a += b` and the like. */
export const isAssignment = (node: ts.Node): node is ts.BinaryExpression =>
  ts.isBinaryExpression(node) &&
  node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
  node.operatorToken.kind <= ts.SyntaxKind.LastAssignment;
