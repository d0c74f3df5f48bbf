import { Fragment } from "react";
import styles from "./cells.module.css";
import { type Block, type Inline, markdown } from "./markdown.ts";

/** Markdown as it reads. */
export function Markdown({ text }: { text: string }) {
  return (
    <div className={styles.read}>
      {markdown(text).map((block, at) => (
        <Part key={at} block={block} />
      ))}
    </div>
  );
}

function Part({ block }: { block: Block }) {
  switch (block.kind) {
    case "heading":
      return (
        <p className={styles.heading} role="heading" aria-level={block.level + 2}>
          <Words inner={block.inner} />
        </p>
      );
    case "list": {
      const List = block.ordered ? "ol" : "ul";
      return (
        <List>
          {block.items.map((item, at) => (
            <li key={at}>
              <Words inner={item} />
            </li>
          ))}
        </List>
      );
    }
    case "quote":
      return (
        <blockquote>
          <Lines lines={block.lines} />
        </blockquote>
      );
    case "paragraph":
      return (
        <p>
          <Lines lines={block.lines} />
        </p>
      );
  }
}

function Lines({ lines }: { lines: Inline[][] }) {
  return lines.map((line, at) => (
    <Fragment key={at}>
      {at > 0 && <br />}
      <Words inner={line} />
    </Fragment>
  ));
}

function Words({ inner }: { inner: Inline[] }) {
  return inner.map((one, at) => {
    switch (one.kind) {
      case "text":
        return one.text;
      case "code":
        return <code key={at}>{one.text}</code>;
      case "link":
        return (
          <a key={at} href={one.address} rel="noreferrer" target="_blank">
            <Words inner={one.inner} />
          </a>
        );
      case "strong":
        return (
          <strong key={at}>
            <Words inner={one.inner} />
          </strong>
        );
      case "em":
        return (
          <em key={at}>
            <Words inner={one.inner} />
          </em>
        );
    }
  });
}
