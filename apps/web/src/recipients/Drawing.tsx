/** The drawing itself, over @xyflow/react: it loads with the page of the drawing and nowhere else. */
import {
  crossOf,
  ecoLines,
  familyLines,
  frameOf,
  type Line,
  type Point,
  placeEco,
  placeFamily,
  SYMBOL,
  shapeOf,
  systemsOf,
} from '@jieyou/core/recipients/drawing.ts';
import type { PictureView, Place } from '@jieyou/core/recipients/schema.ts';
import { drawnWords, ecoSystemLabels } from '@jieyou/core/texts/recipientLabels.ts';
import {
  type AriaLabelConfig,
  ConnectionMode,
  type Edge,
  type EdgeProps,
  Handle,
  type Node,
  type NodeProps,
  Panel,
  Position,
  ReactFlow,
  useNodesState,
  useReactFlow,
} from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { Button } from 'antd';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useNarrow } from '../house/narrow.ts';
import { type Member, nameOf, tieWords } from './householdWords.ts';
import './picture.css';
import type { HouseholdData } from './queries.ts';

/** What is chosen in the drawing. */
export type Chosen = { readonly kind: 'node' | 'line'; readonly id: string } | null;

const HALF = SYMBOL / 2;
const NODE_HIGH = SYMBOL + 44;

type MemberNode = Node<{ member: Member; mayWrite: boolean }, 'member'>;
type SystemNode = Node<{ words: string; name: string | null; mayWrite: boolean }, 'system'>;
type RingNode = Node<Record<string, never>, 'ring'>;
type Drawn = MemberNode | SystemNode | RingNode;
type DrawnEdge = Edge<{ line: Line }, 'line'>;

function MemberSymbol({ data: { member, mayWrite } }: NodeProps<MemberNode>) {
  const words = drawnWords(member);
  return (
    <div className="pi-node">
      <svg width={SYMBOL} height={SYMBOL} viewBox={`${-HALF} ${-HALF} ${SYMBOL} ${SYMBOL}`} aria-hidden="true">
        <path d={shapeOf(member, HALF - 1)} fill="#fffefb" stroke="#1f2328" strokeWidth={2} />
        {member.kind === 'recipient' ? <path d={shapeOf(member, HALF - 6)} fill="none" stroke="#1f2328" strokeWidth={1} /> : null}
        {member.vital === 'deceased' ? <path d={crossOf(HALF - 1)} stroke="#1f2328" strokeWidth={1.2} /> : null}
        <text y={6} textAnchor="middle" fontSize={16} fill="#1f2328" stroke="#fffefb" strokeWidth={3} paintOrder="stroke">
          {words.inside}
        </text>
      </svg>
      <b>{words.name}</b>
      <i>{words.under}</i>
      <Handle type="source" position={Position.Right} className={mayWrite ? 'pi-grip' : 'pi-still'} isConnectable={mayWrite} />
    </div>
  );
}

function SystemCircle({ data }: NodeProps<SystemNode>) {
  return (
    <div className="pi-system">
      <b>{data.words}</b>
      {data.name === null ? null : <i>{data.name}</i>}
      <Handle type="source" position={Position.Right} className={data.mayWrite ? 'pi-grip' : 'pi-still'} isConnectable={data.mayWrite} />
    </div>
  );
}

const Ring = () => <div className="pi-ring" />;

const TONES = { plain: '#1f2328', good: '#1b7a3d', bad: '#b42318' } as const;

function LineEdge({ data }: EdgeProps<DrawnEdge>) {
  if (data === undefined) return null;
  const { line } = data;
  return (
    <>
      {line.strokes.map((d) => (
        <path
          key={d}
          className="pi-line"
          d={d}
          fill="none"
          stroke={TONES[line.tone]}
          strokeWidth={line.weight}
          strokeOpacity={line.implied ? 0.45 : 1}
          {...(line.dash === null ? {} : { strokeDasharray: line.dash })}
        />
      ))}
      {line.heads.map((d) => (
        <path key={d} d={d} fill={TONES[line.tone]} />
      ))}
      <path d={line.strokes[0]} className="react-flow__edge-interaction" fill="none" strokeOpacity={0} strokeWidth={18} />
    </>
  );
}

const nodeTypes = { member: MemberSymbol, system: SystemCircle, ring: Ring };
const edgeTypes = { line: LineEdge };

const WORDS: Partial<AriaLabelConfig> = {
  'node.a11yDescription.default': '按回车选中，方向键移动，再按回车修改，按删除键去掉',
  'node.a11yDescription.keyboardDisabled': '按回车选中，再按回车修改，按删除键去掉',
  'node.a11yDescription.ariaLiveMessage': () => '位置已移动',
  'edge.a11yDescription.default': '按回车选中，再按回车修改，按删除键去掉',
  'handle.ariaLabel': '拉一条线',
};

function Zoom() {
  const flow = useReactFlow();
  return (
    <Panel position="bottom-left" className="pi-zoom">
      <Button size="small" onClick={() => void flow.zoomIn()}>
        放大
      </Button>
      <Button size="small" onClick={() => void flow.zoomOut()}>
        缩小
      </Button>
      <Button size="small" onClick={() => void flow.fitView({ padding: 0.08, maxZoom: 1.1 })}>
        看全图
      </Button>
    </Panel>
  );
}

/** Shows the whole drawing again when somebody or something was added or taken away. */
function FitWhenGrown({ count }: { readonly count: string }) {
  const flow = useReactFlow();
  const shown = useRef(count);
  useEffect(() => {
    if (shown.current === count) return;
    shown.current = count;
    requestAnimationFrame(() => void flow.fitView({ padding: 0.08, maxZoom: 1.1 }));
  }, [count, flow]);
  return null;
}

const pointsOf = (of: HouseholdData, members: readonly Member[], view: PictureView): Map<string, Point> =>
  view === 'family' ? placeFamily(members, of.ties, of.picture.family) : placeEco(members, of.ties, of.picture.eco);

/** One of the two drawings of a household. */
export function Drawing({
  of,
  view,
  mayWrite,
  chosen,
  onChoose,
  onOpen,
  onRemove,
  onJoin,
  onMoved,
}: {
  readonly of: HouseholdData;
  readonly view: PictureView;
  readonly mayWrite: boolean;
  readonly chosen: Chosen;
  readonly onChoose: (chosen: Chosen) => void;
  /** Somebody wants to change what is chosen. */
  readonly onOpen: (chosen: Chosen) => void;
  readonly onRemove: (chosen: Chosen) => void;
  /** A line was pulled from one node to another. */
  readonly onJoin: (from: string, to: string) => void;
  readonly onMoved: (places: Place[]) => void;
}) {
  const narrow = useNarrow();
  const members = useMemo(() => of.members.filter((m) => m.leftOn === null), [of]);
  const built = useMemo<Drawn[]>(() => {
    const points = pointsOf(of, members, view);
    const at = (id: string) => points.get(id) ?? { x: 0, y: 0 };
    const people = members.map(
      (member): MemberNode => ({
        id: member.id,
        type: 'member',
        position: at(member.id),
        origin: [0.5, HALF / NODE_HIGH],
        data: { member, mayWrite },
        ariaLabel: nameOf(member),
      }),
    );
    const systems = systemsOf(view === 'eco' ? of.ties : []).map(
      (s): SystemNode => ({
        id: s.node,
        type: 'system',
        position: at(s.node),
        origin: [0.5, 0.5],
        data: { words: ecoSystemLabels[s.system], name: s.name, mayWrite },
        ariaLabel: `${ecoSystemLabels[s.system]}${s.name ?? ''}`,
      }),
    );
    return [...people, ...systems];
  }, [of, members, view, mayWrite]);
  const [nodes, setNodes, onNodesChange] = useNodesState<Drawn>(built);
  useEffect(() => {
    setNodes((before) =>
      built.map((n) => {
        const was = before.find((b) => b.id === n.id);
        return was === undefined ? n : ({ ...n, ...(was.measured === undefined ? {} : { measured: was.measured }) } as Drawn);
      }),
    );
  }, [built, setNodes]);

  const points = useMemo(() => new Map(nodes.map((n) => [n.id, n.position])), [nodes]);
  const lines = view === 'family' ? familyLines(members, of.ties, points) : ecoLines(of.ties, points);
  const ends = (line: Line): [string, string] => {
    const tie = of.ties.find((t) => t.id === line.id);
    if (tie !== undefined) return [tie.fromMember, tie.toMember ?? `${tie.system ?? ''}:${tie.systemName ?? ''}`];
    const who = line.id.slice(1);
    return [members.find((m) => m.relation === 'head')?.id ?? who, who];
  };
  const edges = lines.map((line): DrawnEdge => {
    const [source, target] = ends(line);
    const tie = of.ties.find((t) => t.id === line.id);
    const words = tie === undefined ? null : tieWords(of, tie);
    return {
      id: line.id,
      type: 'line',
      source,
      target,
      data: { line },
      selected: chosen?.kind === 'line' && chosen.id === line.id,
      ariaLabel: words === null ? '按与户主的关系推定的亲属线' : `${words.between}，${words.how}`,
    };
  });
  const ring = useMemo((): RingNode[] => {
    if (view !== 'eco' || members.length === 0) return [];
    const frame = frameOf(members.flatMap((m) => points.get(m.id) ?? []));
    const size = { width: frame.width, height: frame.height };
    return [
      {
        id: 'ring',
        type: 'ring',
        position: { x: frame.left, y: frame.top },
        data: {},
        draggable: false,
        selectable: false,
        focusable: false,
        connectable: false,
        zIndex: -1,
        ...size,
        measured: size,
        style: { pointerEvents: 'none' },
      },
    ];
  }, [view, members, points]);
  const shown: Drawn[] = [...ring, ...nodes.map((n) => ({ ...n, selected: chosen?.kind === 'node' && chosen.id === n.id }) as Drawn)];

  // Dragging and arrow keys both end here; what was moved is kept once the hand rests.
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const touched = useRef(new Set<string>());
  const latest = useRef(points);
  latest.current = points;
  const keep = useRef<() => void>(() => {});
  keep.current = () => {
    const before = view === 'family' ? of.picture.family : of.picture.eco;
    const moved = [...touched.current].flatMap((node) => {
      const p = latest.current.get(node);
      return p === undefined ? [] : [{ node, x: Math.round(p.x), y: Math.round(p.y) }];
    });
    touched.current.clear();
    onMoved([...before.filter((p) => !moved.some((m) => m.node === p.node)), ...moved]);
  };
  useEffect(
    () => () => {
      if (timer.current !== null) {
        clearTimeout(timer.current);
        keep.current();
      }
    },
    [],
  );
  const onChange = useCallback<typeof onNodesChange>(
    (changes) => {
      onNodesChange(changes.filter((c) => !('id' in c && c.id === 'ring')));
      let rests = false;
      for (const c of changes) {
        if (c.type === 'select' && c.selected) onChoose({ kind: 'node', id: c.id });
        if (c.type !== 'position' || c.id === 'ring' || c.position === undefined) continue;
        touched.current.add(c.id);
        rests = rests || c.dragging !== true;
      }
      if (!rests || touched.current.size === 0) return;
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        timer.current = null;
        keep.current();
      }, 500);
    },
    [onNodesChange, onChoose],
  );

  const onKeyDown = (e: React.KeyboardEvent) => {
    const target = e.target as HTMLElement;
    const node = target.closest('.react-flow__node');
    const edge = target.closest('.react-flow__edge');
    const id = (node ?? edge)?.getAttribute('data-id');
    if (id == null) return;
    const what: Chosen = { kind: node === null ? 'line' : 'node', id };
    if (e.key === 'Enter' && chosen?.id === id) {
      e.preventDefault();
      onOpen(what);
    } else if (e.key === 'Enter') onChoose(what);
    else if (e.key === 'Delete' || e.key === 'Backspace') {
      e.preventDefault();
      onChoose(what);
      onRemove(what);
    } else if (e.key === 'Escape') onChoose(null);
  };

  return (
    <div className="pi-paper" onKeyDownCapture={onKeyDown}>
      <ReactFlow<Drawn, DrawnEdge>
        aria-label={view === 'family' ? '家系图' : '生态图'}
        ariaLabelConfig={WORDS}
        nodes={shown}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onChange}
        onNodeClick={(_, n) => onChoose({ kind: 'node', id: n.id })}
        onNodeDoubleClick={(_, n) => onOpen({ kind: 'node', id: n.id })}
        onEdgeClick={(_, e) => onChoose({ kind: 'line', id: e.id })}
        onEdgeDoubleClick={(_, e) => onOpen({ kind: 'line', id: e.id })}
        onPaneClick={() => onChoose(null)}
        onConnect={(c) => onJoin(c.source, c.target)}
        connectionMode={ConnectionMode.Loose}
        connectionRadius={48}
        nodesDraggable={mayWrite && !narrow}
        nodesConnectable={mayWrite && !narrow}
        elevateEdgesOnSelect={false}
        multiSelectionKeyCode={null}
        selectionKeyCode={null}
        deleteKeyCode={null}
        zoomOnDoubleClick={false}
        zoomOnScroll={false}
        preventScrolling={false}
        panOnDrag={!narrow}
        minZoom={0.2}
        maxZoom={2}
        fitView
        fitViewOptions={{ padding: 0.08, maxZoom: 1.1 }}
        proOptions={{ hideAttribution: true }}
      >
        <Zoom />
        <FitWhenGrown count={`${view}${nodes.length}`} />
      </ReactFlow>
    </div>
  );
}
