import vm from 'node:vm';
import ts from 'typescript';
import { modules, walk } from '../../support/source-tree.js';

/** A member of an interface, with the default that its documentation names. */
export interface Member {
  name: string;
  documentedDefault: string | undefined;
}

const everyNode: ts.Node[] = [];
for (const { file } of modules) walk(file, (node) => everyNode.push(node));

const allNodes = <T extends ts.Node>(isWanted: (node: ts.Node) => node is T): T[] =>
  everyNode.filter(isWanted);

/** The members of an interface of `src/types.ts`, those that it extends not counted. */
export const membersOf = (name: string): Member[] => {
  const [declaration] = allNodes(ts.isInterfaceDeclaration).filter((node) => node.name.text === name);
  if (!declaration) throw new Error(`src has no interface ${name}`);
  const members = declaration.members.map((member) => ({
    name: member.name?.getText() ?? '',
    documentedDefault: /Default:? (.+?)\.?(?: \(.*|\s*\*\/|$)/m.exec(commentOf(member))?.[1],
  }));
  return members.filter(
    (member, index) => members.findIndex((other) => other.name === member.name) === index,
  );
};

const commentOf = (node: ts.Node): string =>
  ts
    .getJSDocCommentsAndTags(node)
    .map((part) => part.getText())
    .join('\n');

/** The default that the code gives to an option: `{ option = 1 }`, `(option = 1)` or `config.option ?? 1`. */
export const codedDefault = (option: string): unknown => {
  const bound = allNodes(
    (node): node is ts.BindingElement | ts.ParameterDeclaration =>
      ts.isBindingElement(node) || ts.isParameter(node),
  )
    .filter((node) => node.name.getText() === option)
    .map(({ initializer }) => initializer);
  const chosen = allNodes(ts.isBinaryExpression)
    .filter(({ operatorToken }) => operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken)
    .filter(({ left }) => ts.isPropertyAccessExpression(left) && left.name.text === option)
    .map(({ right }) => right);
  const [literal] = [...bound, ...chosen].filter((node) => node && isPlain(node));
  // Numbers, texts, true and products of numbers.
  return literal && vm.runInNewContext(literal.getText());
};

const isPlain = (node: ts.Node): boolean =>
  ts.isNumericLiteral(node) ||
  ts.isStringLiteral(node) ||
  node.kind === ts.SyntaxKind.TrueKeyword ||
  (ts.isBinaryExpression(node) && isPlain(node.left) && isPlain(node.right));

/** What `localStorage` is asked for looks like an attribute and is none. */
const STORAGE_KEY = 'rootspan.session';
const DOTTED = /^[a-z][a-z_]*(\.[a-z_]+)+$/;

/** Every text in `src` that has the form of a name of the conventions: `session.id`. */
export const dottedNames = (): string[] =>
  unique(
    allNodes(ts.isStringLiteralLike)
      .map(({ text }) => text)
      .filter((text) => DOTTED.test(text) && text !== STORAGE_KEY),
  );

/** Beginnings of names whose end is put in: `browser.web_vital.`. */
export const namePrefixes = (): string[] =>
  unique(
    allNodes(ts.isTemplateHead)
      .map(({ text }) => text)
      .filter((text) => /^[a-z][a-z_]*(\.[a-z_]+)*\.$/.test(text)),
  );

/** Literals that are passed to a method as its first argument: `addEvent('exception')`. */
export const firstArguments = (method: string): string[] =>
  unique(
    allNodes(ts.isCallExpression)
      .filter(
        ({ expression }) => ts.isPropertyAccessExpression(expression) && expression.name.text === method,
      )
      .flatMap(({ arguments: [first] }) => (first && ts.isStringLiteralLike(first) ? [first.text] : [])),
  );

/** The words of a list that is written as one text: `const PHASES = 'fetchStart …'`. */
export const wordsOf = (constant: string): string[] => {
  const [declaration] = allNodes(ts.isVariableDeclaration).filter((node) => node.name.getText() === constant);
  const text = declaration?.initializer;
  if (!text || !ts.isStringLiteralLike(text)) throw new Error(`src has no text ${constant}`);
  return text.text.split(' ');
};

/** The names of the instrumentations, which are the scopes of their spans. */
export const instrumentationNames = (): string[] =>
  unique(
    allNodes(ts.isPropertyAssignment)
      .filter(({ name, parent }) => name.getText() === 'name' && hasStart(parent))
      .flatMap(({ initializer }) => (ts.isStringLiteral(initializer) ? [initializer.text] : [])),
  );

const hasStart = ({ properties }: ts.ObjectLiteralExpression): boolean =>
  properties.some((property) => property.name?.getText() === 'start');

const unique = (names: string[]): string[] => [...new Set(names)].sort();
