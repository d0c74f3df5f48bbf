/** What the first pages say in English, as one part: a reader loads one language. */
const rooms = import.meta.glob<object>(
  [
    "../words/en.json",
    "../../features/**/words/en.json",
    "!../../features/{boards,cases,data,editor,endings,explore,moments,newmap,notes,pains,people,personas,settings,sources,start,versions}/**",
  ],
  { eager: true, import: "default" },
);

export default Object.assign({}, ...Object.values(rooms)) as object;
