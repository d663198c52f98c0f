// What a page cannot do from the server: keys outside fields, a chime, printing, and coming back after the centre restarted.
window.dashiban = (() => {
  const handled = new Set(["ArrowDown", "ArrowUp", "Escape", "j", "k", "1", "2", "3", "4", "5", "6"]);
  let page = null;
  let sound = null;

  const isField = element => element instanceof HTMLElement && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName));

  document.addEventListener("keydown", event => {
    if (event.key === "Escape" && isField(event.target)) {
      event.target.blur();
      return;
    }
    if (!page || !handled.has(event.key) || event.ctrlKey || event.altKey || event.metaKey || isField(event.target)) {
      return;
    }
    event.preventDefault();
    page.invokeMethodAsync("Key", event.key);
  });

  // Blazor gives up after a while, and a restarted centre does not know the old circuit: ask until it answers, then load anew.
  const comeBack = () => setInterval(async () => {
    try {
      const answer = await fetch("/sign-in", { cache: "no-store" });
      if (answer.ok) {
        location.reload();
      }
    } catch {
      // Still away.
    }
  }, 3000);

  let waiting = false;
  document.getElementById("components-reconnect-modal")?.addEventListener("components-reconnect-state-changed", event => {
    if (!waiting && (event.detail.state === "failed" || event.detail.state === "rejected")) {
      waiting = true;
      comeBack();
    }
  });

  return {
    keys: listener => { page = listener; },
    print: () => window.print(),
    chime: () => {
      sound ??= new AudioContext();
      const now = sound.currentTime;
      for (const [after, pitch] of [[0, 660], [0.16, 880]]) {
        const tone = sound.createOscillator();
        const volume = sound.createGain();
        tone.frequency.value = pitch;
        volume.gain.setValueAtTime(0, now + after);
        volume.gain.linearRampToValueAtTime(0.12, now + after + 0.02);
        volume.gain.exponentialRampToValueAtTime(0.001, now + after + 0.5);
        tone.connect(volume).connect(sound.destination);
        tone.start(now + after);
        tone.stop(now + after + 0.55);
      }
    },
  };
})();
