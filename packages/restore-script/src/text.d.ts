/** Shell sources are imported as text: the bundlers and vitest see to it. */
declare module "*.sh" {
  const text: string;
  export default text;
}
