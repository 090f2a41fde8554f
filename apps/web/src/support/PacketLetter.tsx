/** A packet as its expert reads it: like a letter, part by part. */
export function PacketLetter({
  parts,
}: {
  readonly parts: readonly { readonly field: string; readonly title: string; readonly text: string }[];
}) {
  return (
    <div className="rd-letter">
      {parts.map((p) => (
        <section key={p.field}>
          <h2>{p.title}</h2>
          <p>{p.text}</p>
        </section>
      ))}
    </div>
  );
}
