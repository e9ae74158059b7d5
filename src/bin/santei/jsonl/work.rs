//! Several threads over one input. Each takes a chunk, works on it, and hands in what it made; what is handed in is kept
//! in the order of the input. All threads do the same, so that none waits for another one's reading or writing.

use std::{
    collections::BTreeMap,
    io::{self, Read},
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    thread,
};

use super::read::{Chunk, Chunks};
use crate::failure::Failure;

/// How many chunks may be finished before an earlier one is; this bounds the memory.
const AHEAD: u64 = 16;

struct Source<R> {
    chunks: Chunks<R>,
    /// Number of the next chunk.
    next: u64,
}

struct Sink<T, K> {
    /// Not there while a thread is at it: what the others hand in meanwhile, that thread keeps too, so that none waits for
    /// another one's writing.
    keep: Option<K>,
    /// Finished chunks whose turn it is not yet.
    waiting: BTreeMap<u64, T>,
    /// Number of the chunk to be kept next.
    next: u64,
    /// Why everything stops.
    stopped: Option<Option<Failure>>,
}

/// Works on every chunk. `broken` makes a failure of an error of reading.
pub(crate) fn run<R, T, K>(
    chunks: Chunks<R>,
    threads: usize,
    work: impl Fn(&Chunk) -> T + Sync,
    keep: K,
    broken: impl Fn(io::Error) -> Failure + Sync,
) -> Result<(), Failure>
where
    R: Read + Send,
    T: Send,
    K: FnMut(T) -> Result<(), Failure> + Send,
{
    let source = Mutex::new(Source { chunks, next: 0 });
    let sink = Mutex::new(Sink { keep: Some(keep), waiting: BTreeMap::new(), next: 0, stopped: None });
    let moved = Condvar::new();
    let worker = || {
        // Should `work` panic, the others must not wait for its chunk.
        let _stop = StopOnPanic(&sink, &moved);
        while lock(&sink).stopped.is_none() {
            let (number, chunk) = {
                let mut source = lock(&source);
                match source.chunks.next() {
                    Ok(None) => break,
                    Ok(Some(chunk)) => {
                        let number = source.next;
                        source.next += 1;
                        (number, chunk)
                    }
                    Err(error) => {
                        stop(&sink, &moved, Some(broken(error)));
                        break;
                    }
                }
            };
            hand_in(&sink, &moved, number, work(&chunk));
        }
    };
    thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(worker);
        }
        worker();
    });
    let sink = sink.into_inner().unwrap_or_else(PoisonError::into_inner);
    sink.stopped.flatten().map_or(Ok(()), Err)
}

fn hand_in<T, K>(sink: &Mutex<Sink<T, K>>, moved: &Condvar, number: u64, made: T)
where
    K: FnMut(T) -> Result<(), Failure>,
{
    let mut guard = lock(sink);
    while guard.stopped.is_none() && number >= guard.next + AHEAD {
        guard = moved.wait(guard).unwrap_or_else(PoisonError::into_inner);
    }
    guard.waiting.insert(number, made);
    while guard.stopped.is_none()
        && let Some(mut keep) = guard.keep.take()
    {
        let next = guard.next;
        let Some(made) = guard.waiting.remove(&next) else {
            guard.keep = Some(keep);
            break;
        };
        drop(guard);
        let kept = keep(made);
        guard = lock(sink);
        guard.keep = Some(keep);
        guard.next += 1;
        if let Err(failure) = kept {
            guard.stopped.get_or_insert(Some(failure));
        }
        moved.notify_all();
    }
}

fn stop<T, K>(sink: &Mutex<Sink<T, K>>, moved: &Condvar, why: Option<Failure>) {
    lock(sink).stopped.get_or_insert(why);
    moved.notify_all();
}

struct StopOnPanic<'a, T, K>(&'a Mutex<Sink<T, K>>, &'a Condvar);

impl<T, K> Drop for StopOnPanic<'_, T, K> {
    fn drop(&mut self) {
        if thread::panicking() {
            stop(self.0, self.1, None);
        }
    }
}

/// A panic while the lock was held is passed on when its thread is joined.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn numbers(count: u64) -> String {
        (0..count).map(|number| format!("{number}\n")).collect()
    }

    #[test]
    fn the_order_is_the_input_s() {
        let text = numbers(5_000);
        for threads in [1, 2, 7] {
            let mut kept = Vec::new();
            let chunks = Chunks::new(text.as_bytes(), 64, 100);
            let work = |chunk: &Chunk| {
                let lines: Vec<u64> = chunk.lines().map(|(number, _)| number).collect();
                if lines.first().is_some_and(|first| first % 3 == 0) {
                    thread::sleep(Duration::from_micros(200));
                }
                lines
            };
            let keep = |lines: Vec<u64>| {
                kept.extend(lines);
                Ok(())
            };
            assert!(run(chunks, threads, work, keep, Failure::Output).is_ok());
            assert!(kept.iter().copied().eq(1..=5_000), "{threads}");
        }
    }

    #[test]
    fn a_failure_stops_every_thread() {
        let text = numbers(50_000);
        let mut kept = 0;
        let keep = |()| {
            kept += 1;
            if kept == 5 { Err(Failure::Other("enough".to_owned())) } else { Ok(()) }
        };
        let done = run(Chunks::new(text.as_bytes(), 16, 100), 4, |_| (), keep, Failure::Output);
        assert!(matches!(done, Err(Failure::Other(_))));
        assert_eq!(kept, 5);
    }

    #[test]
    #[should_panic(expected = "a scoped thread panicked")]
    fn a_panic_is_passed_on() {
        let text = numbers(50_000);
        let main = thread::current().id();
        let work = |_: &Chunk| {
            if thread::current().id() != main {
                std::panic::panic_any("a worker's");
            }
            thread::sleep(Duration::from_micros(50));
        };
        let _ = run(Chunks::new(text.as_bytes(), 16, 100), 2, work, |()| Ok(()), Failure::Output);
    }
}
