/**
 * Queues between tasks and threads: {@link gyre.channel.Channel} for many items, {@link gyre.channel.Oneshot} for one. All
 * of it is lock-free, and both ends work on any thread, on a loop or not.
 *
 * <p><b>Names of the original.</b>
 *
 * <table>
 *   <caption>What its channels are here</caption>
 *   <tr><th>tokio-core, futures</th><th>Gyre</th></tr>
 *   <tr><td>{@code channel::channel(&handle)}, deprecated</td><td>{@link gyre.channel.Channel#unbounded}, bound to no loop</td></tr>
 *   <tr><td>{@code sync::mpsc::channel(n)}</td><td>{@link gyre.channel.Channel#bounded}, of the same capacity</td></tr>
 *   <tr><td>{@code sync::mpsc::unbounded}</td><td>{@link gyre.channel.Channel#unbounded}</td></tr>
 *   <tr><td>{@code Sender::clone}</td><td>{@link gyre.channel.Sender#another}</td></tr>
 *   <tr><td>{@code Sender::try_send}, {@code unbounded_send}</td><td>{@link gyre.channel.Sender#trySend}</td></tr>
 *   <tr><td>{@code send(x).wait()}</td><td>{@code Blocking.block(sender.send(x))}, of {@code gyre.reactor}</td></tr>
 *   <tr><td>drop of a {@code Sender}</td><td>{@link gyre.channel.Sender#close}</td></tr>
 *   <tr><td>drop of the {@code Receiver}</td><td>{@link gyre.channel.Receiver#cancel}</td></tr>
 *   <tr><td>{@code sync::oneshot}, {@code futures::oneshot}</td><td>{@link gyre.channel.Oneshot}</td></tr>
 *   <tr><td>{@code Sender::complete}, {@code Sender::send}</td><td>{@link gyre.channel.OneshotSender#send}</td></tr>
 *   <tr><td>{@code poll_cancel}, {@code is_canceled}</td><td>{@link gyre.channel.OneshotSender#pollCanceled}, {@code isCanceled}</td></tr>
 *   <tr><td>{@code unsync::mpsc}, {@code unsync::oneshot}</td><td>the same types: without contention they cost little more</td></tr>
 * </table>
 */
@NullMarked
package gyre.channel;

import org.jspecify.annotations.NullMarked;
