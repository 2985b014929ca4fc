/** Indoors elsewhere, and what fills a frame: galleries, stages, cabins, tiled walls, fireworks. */
import { circle, down, ellipse, fade, glow, line, num, path, polygon, rect, times } from '../svg.ts';
import type { Backdrop, View } from '../view.ts';

/** A gallery: gold frames on a dark wall, a rope, a polished floor. */
export const museum: Backdrop = {
  near: 0.92,
  far: 0.84,
  indoors: true,
  draw(view) {
    const { w, h, random } = view;
    const edge = h * 0.74;
    const wall =
      rect(-w, -h, w * 3, h * 3, view.ink(random.pick(['#7d2f3a', '#2f4f5f', '#3f5a44']))) +
      rect(-w, edge, w * 3, h, down(view.ink('#c99a63'), view.ink('#8f623a'), view.ink('#8f623a'))) +
      rect(-w, edge - 3, w * 3, 3, view.ink('#2b1d18')) +
      rect(-w, -h, w * 3, h * 1.05, view.ink('#efe7da'));
    const pieces = [
      { x: 0.06, y: 0.2, width: 0.24, height: 0.36 },
      { x: 0.36, y: 0.15, width: 0.3, height: 0.42 },
      { x: 0.72, y: 0.2, width: 0.22, height: 0.32 },
    ];
    const frames = pieces.map((piece) => painting(view, piece.x * w, piece.y * h, piece.width * w, piece.height * h));
    const rope =
      times(
        4,
        (index) =>
          rect(w * (0.06 + index * 0.29) - 0.8, edge - 5, 1.6, 17, view.ink('#d9ae4a')) +
          circle(w * (0.06 + index * 0.29), edge - 6, 1.7, view.ink('#d9ae4a')),
      ) +
      times(3, (index) =>
        path(
          `M${num(w * (0.06 + index * 0.29))} ${num(edge - 3)}Q${num(w * (0.205 + index * 0.29))} ${num(edge + 9)} ${num(w * (0.35 + index * 0.29))} ${num(edge - 3)}`,
          'none',
          { stroke: view.ink('#b8323f'), 'stroke-width': 1.6 },
        ),
      );
    const spots = times(3, (index) =>
      polygon(
        [
          [w * (0.18 + index * 0.32) - 2, 0],
          [w * (0.18 + index * 0.32) + 2, 0],
          [w * (0.18 + index * 0.32) + 18, edge],
          [w * (0.18 + index * 0.32) - 18, edge],
        ],
        fade('#fff2cf', 0.4, 0),
      ),
    );
    return wall + spots + frames.join('') + rope;
  },
};

function painting(view: View, x: number, y: number, width: number, height: number): string {
  const { random } = view;
  const inner = (inset: number, fill: Parameters<typeof rect>[4]) =>
    rect(x + inset, y + inset, width - inset * 2, height - inset * 2, fill);
  const canvas = inner(4.2, down('#f3d9a8', '#e0a07a', '#7f8f6a'));
  const subject = random.pick([0, 1, 2]);
  const cx = x + width / 2;
  const cy = y + height / 2;
  const portrait =
    inner(4.2, '#4a3a30') +
    path(
      `M${num(cx - width * 0.22)} ${num(y + height - 4.2)}q0 -${num(height * 0.3)} ${num(width * 0.22)} -${num(height * 0.3)}t${num(width * 0.22)} ${num(height * 0.3)}z`,
      '#7f3a3f',
    ) +
    ellipse(cx, cy - height * 0.06, width * 0.12, height * 0.13, '#e8c09a');
  const still =
    canvas + circle(cx - 3, cy + 3, height * 0.12, '#c9413a') + circle(cx + 4, cy + 4, height * 0.1, '#e0a52f');
  const modern =
    inner(4.2, '#f4efe4') +
    rect(x + 6, y + 7, width * 0.3, height * 0.4, '#d93a32') +
    rect(cx, cy, width * 0.28, height * 0.26, '#2f5fb0') +
    rect(cx + 1, y + 7, width * 0.2, height * 0.16, '#f2c230');
  return (
    rect(x + 1, y + 1.6, width, height, '#1d1210', { opacity: 0.4 }) +
    inner(0, view.ink('#d9ae4a')) +
    inner(1.6, view.ink('#9f7426')) +
    inner(2.6, view.ink('#e8c670')) +
    [portrait, still, modern][subject]
  );
}

/** A concert: beams from above, a band in silhouette, hands in the air. */
export const stage: Backdrop = {
  near: 0.9,
  far: 0.72,
  indoors: true,
  draw(view) {
    const { w, h, random } = view;
    const hue = random.pick(['#d93ac4', '#3a6fe0', '#e0503a', '#7a3ae0']);
    const dark =
      rect(-w, -h, w * 3, h * 3, '#120a24') +
      rect(-w, h * 0.1, w * 3, h * 0.62, down('#1a0f38', hue, '#ffd9f2'), { opacity: 0.55 });
    const beams = times(7, (index) => {
      const x = (w * (index + 0.5)) / 7;
      const lean = random.between(-26, 26);
      const colour = index % 2 ? '#ffe9a8' : hue;
      return polygon(
        [
          [x - 1, -4],
          [x + 1, -4],
          [x + lean + 11, h * 0.72],
          [x + lean - 11, h * 0.72],
        ],
        fade(colour, 0.9, 0.05),
      );
    });
    const rig =
      rect(-w, 0, w * 3, 3.4, '#05030c') + times(7, (index) => circle((w * (index + 0.5)) / 7, 4, 2.4, '#fff7dc'));
    const floor = rect(-w, h * 0.68, w * 3, 6, '#2b1b45') + rect(-w, h * 0.73, w * 3, h, '#0d0718');
    const band = times(3, (index) =>
      musician(w * (0.24 + index * 0.26), h * 0.69, h * 0.0034 * (index === 1 ? 1.15 : 0.95), index),
    );
    const crowd = times(15, (index) => {
      const x = (w * (index + random.between(0.1, 0.9))) / 15;
      const y = h * random.between(0.88, 0.98);
      const arm = random.chance(0.45) ? line(x + 3, y, x + 5.5, y - 13, '#05030c', 2.2) : '';
      return circle(x, y, 4.2, '#05030c') + rect(x - 5.5, y + 3, 11, 30, '#05030c', { rx: 4 }) + arm;
    });
    return dark + beams + floor + band + rig + crowd;
  },
};

function musician(x: number, y: number, scale: number, kind: number): string {
  const s = (value: number) => num(value * scale);
  const ink = '#080312';
  const body =
    circle(x, y - 50 * scale, 7 * scale, ink) +
    path(
      `M${num(x - 9 * scale)} ${num(y - 40 * scale)}q${s(9)} ${s(-5)} ${s(18)} 0l${s(-3)} ${s(22)}h${s(-12)}z`,
      ink,
    ) +
    line(x - 4 * scale, y - 20 * scale, x - 7 * scale, y, ink, 5 * scale) +
    line(x + 4 * scale, y - 20 * scale, x + 7 * scale, y, ink, 5 * scale);
  if (kind === 1)
    return (
      body +
      line(x + 14 * scale, y, x + 12 * scale, y - 46 * scale, ink, 1.6 * scale) +
      circle(x + 11 * scale, y - 48 * scale, 3 * scale, ink)
    );
  return (
    body +
    ellipse(x - 6 * scale, y - 26 * scale, 9 * scale, 6 * scale, ink) +
    line(x - 6 * scale, y - 27 * scale, x + 20 * scale, y - 38 * scale, ink, 2.4 * scale)
  );
}

/** The wing and clouds through an oval window. */
export const airplane: Backdrop = {
  near: 0.9,
  far: 0.8,
  indoors: true,
  draw(view) {
    const { w, h, light, random } = view;
    const cx = w * 0.5;
    const outside =
      rect(-w, -h, w * 3, h * 3, down(...light.sky, ...light.sky)) +
      rect(-w, -5, w * 3, h + 10, down(...light.sky)) +
      times(9, () =>
        ellipse(
          random.between(0, w),
          h * random.between(0.6, 0.95),
          random.between(12, 24),
          random.between(4, 8),
          view.ink('#ffffff'),
          { opacity: 0.85 },
        ),
      );
    const wing =
      polygon(
        [
          [w * 0.06, h * 0.74],
          [w * 0.9, h * 0.5],
          [w * 0.93, h * 0.46],
          [w * 0.96, h * 0.4],
          [w * 0.97, h * 0.47],
          [w * 0.5, h * 0.82],
          [w * 0.06, h * 0.92],
        ],
        view.ink('#cfd6de'),
      ) +
      polygon(
        [
          [w * 0.93, h * 0.46],
          [w * 0.97, h * 0.36],
          [w * 0.985, h * 0.45],
        ],
        view.ink('#d9463f'),
      );
    const rx = Math.min(w, h) * 0.4;
    const ry = Math.min(h * 0.43, rx * 1.35);
    const hole = (grow: number) =>
      `M${num(cx - rx - grow)} ${num(h / 2)}a${num(rx + grow)} ${num(ry + grow)} 0 1 0 ${num((rx + grow) * 2)} 0a${num(rx + grow)} ${num(ry + grow)} 0 1 0 ${num(-(rx + grow) * 2)} 0Z`;
    const cabin =
      path(`M${num(-w)} ${num(-h)}H${num(w * 2)}V${num(h * 2)}H${num(-w)}Z${hole(0)}`, '#d9d6d0', {
        'fill-rule': 'evenodd',
      }) +
      path(hole(5) + hole(0), '#f3f0ea', { 'fill-rule': 'evenodd' }) +
      path(hole(1.4) + hole(0), '#a9a6a0', { 'fill-rule': 'evenodd' });
    return outside + wing + cabin;
  },
};

/** Painted tiles, as on the walls of Lisbon. */
export const tiles: Backdrop = {
  near: 0.9,
  far: 0.8,
  indoors: true,
  draw(view) {
    const { w, h, random } = view;
    const size = random.pick([18, 22, 26]);
    const blue = random.pick(['#2456a6', '#1f4f8f', '#2f6f9f']);
    const warm = random.pick(['#e0a92f', '#d9703a', '#4f9f8f']);
    const columns = Math.ceil(w / size) + 2;
    const rows = Math.ceil(h / size) + 2;
    const tile = (x: number, y: number) => {
      const c = size / 2;
      const petals = times(4, (index) =>
        ellipse(x + c, y + c * 0.45, size * 0.11, size * 0.2, blue, {
          transform: `rotate(${index * 90 + 45} ${num(x + c)} ${num(y + c)})`,
        }),
      );
      const corners = (
        [
          [0, 0],
          [1, 0],
          [0, 1],
          [1, 1],
        ] as const
      )
        .map(
          ([cx, cy]) =>
            circle(x + cx * size, y + cy * size, size * 0.26, blue) +
            circle(x + cx * size, y + cy * size, size * 0.15, '#f7f4ea'),
        )
        .join('');
      return (
        rect(x, y, size, size, '#f7f4ea') +
        `<svg x="${num(x)}" y="${num(y)}" width="${num(size)}" height="${num(size)}" viewBox="${num(x)} ${num(y)} ${num(size)} ${num(size)}">${corners}</svg>` +
        petals +
        circle(x + c, y + c, size * 0.12, warm) +
        rect(x, y, size, size, 'none', { stroke: '#b9b4a6', 'stroke-width': 0.5 })
      );
    };
    return (
      rect(-w, -h, w * 3, h * 3, '#d9d4c6') +
      times(columns * rows, (index) =>
        tile((index % columns) * size - size * 0.6, Math.floor(index / columns) * size - size * 0.4),
      )
    );
  },
};

export const fireworks: Backdrop = {
  near: 0.95,
  far: 0.9,
  draw(view) {
    const { w, h, random } = view;
    const burst = () => {
      const x = random.between(w * 0.12, w * 0.88);
      const y = random.between(h * 0.14, h * 0.55);
      const r = random.between(11, 21);
      const colour = random.pick(['#ff6f61', '#ffd35c', '#6fd8ff', '#c98bff', '#8dff9a']);
      return (
        circle(x, y, r, glow(colour, 0.35)) +
        times(18, (index) => {
          const angle = (index * Math.PI) / 9;
          const far = index % 2 ? r : r * 0.75;
          const at = (part: number) => [x + Math.cos(angle) * far * part, y + Math.sin(angle) * far * part] as const;
          const [x1, y1] = at(0.3);
          const [x2, y2] = at(1);
          return line(x1, y1, x2, y2, colour, 0.7) + circle(x2, y2, 0.8, '#ffffff');
        })
      );
    };
    const roofs = times(
      12,
      (index) =>
        rect((w * index) / 11 - 6, h - random.between(10, 24), w / 10, 40, '#0a0a1c') +
        rect((w * index) / 11 - 2, h - 7, 1.4, 2, '#ffd98a'),
    );
    return (
      rect(-w, -h, w * 3, h * 3, '#0a0f2c') +
      rect(-w, 0, w * 3, h * 1.1, down('#0a0f2c', '#1d1f4f', '#3f2f66')) +
      times(5, burst) +
      roofs
    );
  },
};
