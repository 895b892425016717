// Jobs shared between threads. Every thread is an instance of this module over one memory; the calling thread takes part.
// A job is cut into chunks, and whoever is free claims the next one: a worker that sleeps or is late costs nothing,
// because the calling thread then does its chunks. What a chunk computes does not depend on who computes it.

// The control block, in bytes from `control`. Words that different threads write lie in cache lines of their own.
const EPOCH = 0; // counts the jobs; workers wait for it to change
const SLEEPERS = 64; // workers that wait and must be woken
const CURSOR = 128; // 64 bits: epoch, number of chunks, next chunk. In one word, so that a late worker claims nothing
const DONE = 192; // chunks that are finished
const ACTIVE = 256; // workers between claiming and finishing
const JOB = 320;
const BASE = 324; // the number of the job's first chunk
const STOP = 328;
const ARGUMENTS = 384; // what the job's chunks read: up to 40 words

/** Chunks that fit the cursor; a job with more is shared in several rounds. */
const MOST_AT_A_TIME = 0xffff;
/** Chunks of a job at most; smaller ones are not worth claiming. */
const MOST_CHUNKS: f64 = 4096;
/** Rounds that a worker waits for the next job before it sleeps: longer than the usual gap between two layers. */
const SPINS = 60000;

let control: usize = 0;
let threads: i32 = 1;
let scratchAt: usize = 0;

/** Called once on each thread: where the control block is, how many threads there are, and this one's own scratch memory. */
export function setup(controlAt: usize, threadCount: i32, scratch: usize): void {
  control = controlAt;
  threads = threadCount;
  scratchAt = scratch;
}

/** Memory for the length of one chunk, SCRATCH_BYTES of it, that no other thread touches. */
@inline
export function scratch(): usize {
  return scratchAt;
}

/** Where a kernel leaves its arguments for the chunks. */
@inline
export function jobArguments(): usize {
  return control + ARGUMENTS;
}

/** How many chunks to cut `count` units of work into, when each should last at least `least` multiply-adds. */
@inline
export function chunksOf(count: i32, workEach: f64, least: f64): i32 {
  const most = min(<f64>count * workEach / least, min(<f64>count, MOST_CHUNKS));
  return most < 1 ? 1 : <i32>most;
}

/** Runs `job(chunk)` for every chunk; returns when all are done. The arguments lie at `jobArguments()`. */
export function fork(job: (chunk: i32) => void, chunks: i32): void {
  if (threads == 1 || chunks == 1) {
    for (let chunk = 0; chunk < chunks; chunk++) job(chunk);
    return;
  }
  for (let base = 0; base < chunks; base += MOST_AT_A_TIME) share(job.index, base, min(chunks - base, MOST_AT_A_TIME));
}

/** The chunks of a job from `base` on. */
function share(job: i32, base: i32, chunks: i32): void {
  const epoch = atomic.load<i32>(control, EPOCH) + 1;
  store<i32>(control, job, JOB);
  store<i32>(control, base, BASE);
  atomic.store<i32>(control, 0, DONE);
  atomic.store<i64>(control, (<i64>epoch << 32) | (<i64>chunks << 16), CURSOR);
  atomic.store<i32>(control, epoch, EPOCH);
  if (atomic.load<i32>(control, SLEEPERS) > 0) atomic.notify(control + EPOCH, threads);
  drain(epoch, job);
  while (atomic.load<i32>(control, DONE) < chunks) {}
}

/** Claims and runs chunks of the job `epoch` until none is left. */
function drain(epoch: i32, job: i32): void {
  for (;;) {
    const cursor = atomic.load<i64>(control, CURSOR);
    const chunk = <i32>cursor & 0xffff;
    if (<i32>(cursor >> 32) != epoch || chunk >= (<i32>(<u32>cursor >> 16))) return;
    if (atomic.cmpxchg<i64>(control, cursor, cursor + 1, CURSOR) != cursor) continue;
    // The job's words do not change while a claimed chunk is unfinished.
    call_indirect<void>(job, load<i32>(control, BASE) + chunk);
    atomic.add<i32>(control, 1, DONE);
  }
}

/** A worker's life: waits for jobs and takes part in them until `STOP` is set. */
export function work(): void {
  let seen = 0;
  let spins = 0;
  for (;;) {
    const epoch = atomic.load<i32>(control, EPOCH);
    if (load<i32>(control, STOP)) return;
    if (epoch == seen) {
      if (++spins < SPINS) continue;
      atomic.add<i32>(control, 1, SLEEPERS);
      atomic.wait<i32>(control + EPOCH, seen, -1);
      atomic.sub<i32>(control, 1, SLEEPERS);
      spins = 0;
      continue;
    }
    seen = epoch;
    spins = 0;
    atomic.add<i32>(control, 1, ACTIVE);
    drain(epoch, load<i32>(control, JOB));
    atomic.sub<i32>(control, 1, ACTIVE);
  }
}

/** Ends the workers once they have finished their chunks. */
export function stop(): void {
  store<i32>(control, 1, STOP);
  atomic.add<i32>(control, 1, EPOCH);
  atomic.notify(control + EPOCH, -1);
}

/** After a Stop that left a job half-way: its chunks are no longer claimed, and workers finish those they have. */
export function abandon(): void {
  atomic.store<i64>(control, 0, CURSOR);
  while (atomic.load<i32>(control, ACTIVE) > 0) {}
}
