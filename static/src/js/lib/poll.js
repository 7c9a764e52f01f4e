const SLOWEST_MS = 30_000;

/**
 * Ask again and again while the page is visible, until `ask` answers false or the scope closes.
 *
 * After a failure the pause doubles up to half a minute; a success brings it back.
 */
export function poll(scope, intervalMs, ask) {
  let wait = intervalMs;
  let timer = 0;
  let asking = false;

  async function turn() {
    if (scope.closed || asking || document.hidden) return;
    asking = true;
    try {
      if ((await ask()) === false) return;
      wait = intervalMs;
    } catch {
      wait = Math.min(SLOWEST_MS, wait * 2);
    } finally {
      asking = false;
    }
    timer = setTimeout(turn, wait);
  }

  scope.add(() => clearTimeout(timer));
  scope.listen(document, "visibilitychange", () => {
    clearTimeout(timer);
    timer = setTimeout(turn, 0);
  });
  turn();
}
