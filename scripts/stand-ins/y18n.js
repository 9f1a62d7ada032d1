import { format } from "node:util";

/** Texts as they are: yargs has its English in its code, and only the help of archive-host changes a heading. */
export default function y18n() {
  const texts = {};
  const text = (key) => (Object.hasOwn(texts, key) ? texts[key] : key);
  return {
    __: (key, ...values) => format(text(key), ...values),
    __n: (one, many, count, ...values) => format(text(count === 1 ? one : many), ...values),
    getLocale: () => "en",
    setLocale: () => {},
    updateLocale: (own) => void Object.assign(texts, own),
  };
}
