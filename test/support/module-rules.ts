import ts from 'typescript';
import { isAssignment, lineOf, type SourceModule, walk } from './source-tree.js';

/** A top-level statement that does nothing when the module is loaded. */
export const isInert = (statement: ts.Statement): boolean => {
  if (ts.isVariableStatement(statement)) return hasPureValues(statement);
  if (ts.isClassDeclaration(statement)) {
    return !statement.members.some((member) => ts.isClassStaticBlockDeclaration(member));
  }
  return (
    ts.isImportDeclaration(statement) ||
    ts.isExportDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isFunctionDeclaration(statement)
  );
};

const hasPureValues = ({ declarationList }: ts.VariableStatement): boolean =>
  declarationList.declarations.every(({ initializer }) => !initializer || isPure(initializer));

/** Calls that have no effect and that bundlers drop when the result is not used. */
const PURE_CALLS = /^(Symbol|Symbol\.for|Object\.freeze)$/;
const PURE_CLASSES = /^(Map|Set|WeakMap|WeakSet)$/;

const isPure = (expression: ts.Expression): boolean => {
  let pure = true;
  walk(expression, (node) => {
    if (ts.isFunctionLike(node)) return false;
    if (ts.isCallExpression(node)) pure &&= isPureCall(node);
    if (ts.isNewExpression(node)) pure &&= PURE_CLASSES.test(node.expression.getText());
    if (ts.isTaggedTemplateExpression(node) || ts.isAwaitExpression(node) || ts.isDeleteExpression(node))
      pure = false;
    if (isAssignment(node)) pure = false;
    return pure;
  });
  return pure;
};

/** A method of a text that is written there, as in `'a b'.split(' ')`, changes nothing either. */
const isPureCall = ({ expression }: ts.CallExpression): boolean =>
  PURE_CALLS.test(expression.getText()) ||
  (ts.isPropertyAccessExpression(expression) && ts.isStringLiteralLike(expression.expression));

/** `export default`, `export =` and `export *` of values. */
export const isNamelessExport = (statement: ts.Statement): boolean => {
  if (ts.isExportAssignment(statement)) return true;
  if (ts.isExportDeclaration(statement)) return !statement.exportClause && !statement.isTypeOnly;
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
  return modifiers.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword);
};

/** Functions of more than 40 lines. */
export const longFunctions = ({ path, file }: SourceModule): string[] => {
  const found: string[] = [];
  walk(file, (node) => {
    if (ts.isFunctionLike(node) && ownLines(node) > 40)
      found.push(`src/${path}:${lineOf(node)} ${ownLines(node)}`);
  });
  return found;
};

const lineCount = (node: ts.Node): number => node.getText().split('\n').length;

/** A factory holds the functions that share its state: each of those is measured by itself. */
const ownLines = (node: ts.Node): number => {
  let lines = lineCount(node);
  ts.forEachChild(node, (child) =>
    walk(child, (inner) => {
      if (!ts.isFunctionLike(inner)) return true;
      lines -= lineCount(inner) - 1;
      return false;
    }),
  );
  return lines;
};

/** `(window as X).y = …` and `Z.prototype.y = …`, which have no symbol of the library. */
export const globalAssignments = ({ path, file }: SourceModule): string[] => {
  const found: string[] = [];
  walk(file, (node) => {
    if (!isAssignment(node)) return;
    const target = node.left.getText(file);
    // How a cookie is stored; who may is said in OWNERS.
    if (target === 'document.cookie') return;
    const isGlobal = /^\(*(window|globalThis|self|document|navigator|history|location)\b/.test(target);
    if ((isGlobal || /\.prototype\b/.test(target)) && !/^(platform\/patch|early)\.ts$/.test(path)) {
      found.push(`src/${path}:${lineOf(node)} ${target}`);
    }
  });
  return found;
};

/** Listeners for these events keep a page out of the back/forward cache. */
export const unloadNames = ({ path, file }: SourceModule): string[] => {
  const found: string[] = [];
  walk(file, (node) => {
    if (ts.isStringLiteralLike(node) && /^(before)?unload$/.test(node.text)) {
      found.push(`src/${path}:${lineOf(node)} ${node.text}`);
    }
  });
  return found;
};
