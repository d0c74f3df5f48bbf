/** What other pages show of the discussion, as one part: two would split what they share once more. */
export { TalkButton } from "./TalkButton.tsx";
export { TasksPage } from "./TasksPage.tsx";
