import { lengthOf } from "./amounts.js";

/** What a running job says, from the answer of …/progress; the server's rows say the same. */
export function progressText(job) {
  if (job.error) return job.error.message;
  if (job.state === "queued" && !job.done_ms) return "Waiting for its turn";
  if (!job.total_ms) return job.stage_label;
  return `${job.stage_label}: ${lengthOf(job.done_ms, job.total_ms)}`;
}

/** The recording itself is still being made. */
export const isLive = (progress) => progress.state === "recording";

export const isRunning = (progress) => Boolean(progress.job?.can_cancel);
