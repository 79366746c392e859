/** Python files, shipped as text. */
declare module "*.py?raw" {
  const text: string;
  export default text;
}
