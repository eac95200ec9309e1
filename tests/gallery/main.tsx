import { render } from 'preact';
import '../../components/ui/base.css';
import './gallery.css';
import { useState } from 'preact/hooks';
import { applyTheme } from '../../components/ui/theme.ts';
import { POPUP_WIDTH } from './scene.ts';
import { SCENES } from './scenes.ts';
import { sceneAddress, VARIANTS, type Variant, variantName } from './variant.ts';

/** One scene alone, as the address says. */
function Alone({ name }: { name: string }) {
  const scene = SCENES[name];
  return scene ? (
    <div id="scene" style={{ minHeight: `${scene.height ?? 0}px` }}>
      {scene.draw()}
    </div>
  ) : (
    <p>There is no scene {name}.</p>
  );
}

/** All scenes, each in every variant; a frame for each, since theme, direction and text size are the page's. */
function Gallery() {
  return (
    <main class="gallery">
      <h1>Gallery</h1>
      <ul class="row">
        {Object.keys(SCENES).map((name) => (
          <li key={name}>
            <a href={`#${name}`}>{name}</a>
          </li>
        ))}
      </ul>
      {Object.keys(SCENES).map((name) => (
        <section key={name} id={name}>
          <h2>{name}</h2>
          <div class="gallery-row">
            {VARIANTS.map((variant) => (
              <Frame key={variantName(variant)} name={name} variant={variant} />
            ))}
          </div>
        </section>
      ))}
    </main>
  );
}

function Frame({ name, variant }: { name: string; variant: Variant }) {
  const { width = POPUP_WIDTH, height: least = 80 } = SCENES[name] ?? {};
  const [height, setHeight] = useState(least);
  return (
    <figure>
      <figcaption>
        <a href={sceneAddress(name, variant)}>{variantName(variant)}</a>
      </figcaption>
      <iframe
        title={`${name}, ${variantName(variant)}`}
        loading="lazy"
        src={sceneAddress(name, variant)}
        style={{ width: `${width}px`, height: `${height}px` }}
        onLoad={(event) => {
          const drawn = event.currentTarget.contentDocument?.documentElement;
          if (drawn) new ResizeObserver(() => setHeight(Math.max(least, drawn.offsetHeight))).observe(drawn);
        }}
      />
    </figure>
  );
}

const asked = new URLSearchParams(location.search);
const name = asked.get('scene');
const root = document.getElementById('root');
const { documentElement: html } = document;

/** Shows the page in a variant from now on. */
function apply({ theme, direction, text }: Variant): void {
  html.dir = direction;
  html.style.fontSize = `${text}%`;
  applyTheme(theme);
}

apply({
  theme: asked.get('theme') === 'dark' ? 'dark' : 'light',
  direction: asked.get('direction') === 'rtl' ? 'rtl' : 'ltr',
  text: asked.get('text') === '200' ? 200 : 100,
});
// Whoever photographs scenes need not load a page for each.
Object.assign(globalThis, {
  show(name: string, variant: Variant) {
    if (!root) return;
    render(null, root);
    apply(variant);
    render(<Alone name={name} />, root);
  },
});
if (root) render(name === null ? <Gallery /> : <Alone name={name} />, root);
