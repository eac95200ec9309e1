import { render } from 'preact';
import '../../components/ui/base.css';
import './gallery.css';
import { useState } from 'preact/hooks';
import { applyTheme } from '../../components/ui/theme.ts';
import { POPUP_WIDTH } from './scene.ts';
import { SCENES } from './scenes.ts';
import { sceneAddress, VARIANTS, type Variant, variantName } from './variant.ts';

/** The single scene in the address. */
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

/** All scenes in all variants, each in a frame, because theme, direction and text size apply to a page. */
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

const params = new URLSearchParams(location.search);
const name = params.get('scene');
const root = document.getElementById('root');
const { documentElement: html } = document;

/** Applies a variant to the page. */
function apply({ theme, direction, text }: Variant): void {
  html.dir = direction;
  html.style.fontSize = `${text}%`;
  applyTheme(theme);
}

apply({
  theme: params.get('theme') === 'dark' ? 'dark' : 'light',
  direction: params.get('direction') === 'rtl' ? 'rtl' : 'ltr',
  text: params.get('text') === '200' ? 200 : 100,
});
// Lets the photographer switch scenes without a page load.
Object.assign(globalThis, {
  show(name: string, variant: Variant) {
    if (!root) return;
    render(null, root);
    apply(variant);
    render(<Alone name={name} />, root);
  },
});
if (root) render(name === null ? <Gallery /> : <Alone name={name} />, root);
