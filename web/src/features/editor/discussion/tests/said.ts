import type { Comment, Task } from "../queries.ts";

/** A comment on a map, open unless told. */
export const comment = (id: number, more: Partial<Comment> = {}): Comment => ({
  id,
  map: "shop",
  stage: "",
  touchpoint: "",
  lane: "",
  reply_to: null,
  author: "Ann",
  text: "",
  mentions: [],
  made_at: "2026-03-01T10:00:00Z",
  edited_at: null,
  resolved_at: null,
  resolved_by: "",
  ...more,
});

/** A task at the cart, undone unless told. */
export const task = (more: Partial<Task> = {}): Task => ({
  id: 1,
  map: "shop",
  stage: "",
  touchpoint: "cart",
  text: "",
  assignee: "",
  author: "",
  made_at: "2026-03-01T10:00:00Z",
  due_at: null,
  done_at: null,
  done_by: "",
  ...more,
});
