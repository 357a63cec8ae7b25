/**
 * The event loop: a {@link gyre.reactor.Core} that polls futures on one thread and waits for what they wait for.
 *
 * <pre>
 *   Handle.spawn ──► TaskQueue ──► SpawnedTask.run ──► Future.poll ──► PollEvented / Timeout keeps the task
 *                        ▲                                                       │
 *                        └────────── Task.wake ◄── Selector.select, TimerWheel ◄─┘
 * </pre>
 *
 * <p><b>The turn.</b> The same numbers stand in {@code Loop.turn}.
 * <ol>
 *   <li>How long to wait: not at all if there is work, else until the next deadline or {@code maxWait}.
 *   <li>Say "parked", look at the queue once more, then select. Watchers only set bits and wake tasks. A
 *       {@link gyre.reactor.WaitStrategy} may have the loop look for a while before it says so.
 *   <li>Read the clock, once.
 *   <li>Advance the timer wheel.
 *   <li>Run the tasks that were queued when this step began, first in, first out. A task that is woken while
 *       it runs goes to the next turn. After every 61 of them come a look at the selector, without waiting, and steps 3 and 4:
 *       what became ready early in a long turn stands in front of what is woken later in it. A level-triggered selector is
 *       not looked at: it would tell all over again what is still unread.
 * </ol>
 *
 * <p><b>Threads.</b> {@link gyre.reactor.Handle}, {@link gyre.reactor.JoinHandle} and {@code Task.wake} work from any
 * thread. Everything else belongs to the loop's thread: the one that opened the Core, until {@code run} or {@code turn} is
 * called on another.
 *
 * <p><b>Words for memory ordering</b> are those of {@link java.lang.invoke.VarHandle}: plain, opaque, acquire, release,
 * volatile. Each class that threads share says which of its accesses pair.
 */
@NullMarked
package gyre.reactor;

import org.jspecify.annotations.NullMarked;
