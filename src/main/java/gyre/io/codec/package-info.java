/**
 * Frames: bytes that come in pieces of any size become items, and items become bytes.
 *
 * <p>A {@link gyre.io.codec.Decoder} and an {@link gyre.io.codec.Encoder} know a format and nothing of transports. {@link
 * gyre.io.codec.Framed} puts both over an {@link gyre.io.Io}: a {@link gyre.future.Stream} and a {@link gyre.future.Sink}
 * of items. For one direction, and for the halves of {@link gyre.io.Io#split}, there are {@link gyre.io.codec.FramedRead} and
 * {@link gyre.io.codec.FramedWrite}.
 *
 * <ul>
 *   <li>Formats: {@link gyre.io.codec.Lines}, {@link gyre.io.codec.Delimited}, {@link gyre.io.codec.LengthDelimited}, {@link
 *       gyre.io.codec.FixedLength}, {@link gyre.io.codec.Bytes}.
 *   <li>Bounds: {@link gyre.io.codec.FrameLimits}. A peer that sends nonsense, or little and slowly, costs a bounded amount of
 *       memory; what is known to be too large fails before the rest of it has come.
 * </ul>
 *
 * <p>{@code Framed} takes the place of tokio-core's {@code Framed}, {@code Decoder} and {@code Encoder} that of its {@code
 * Codec}, {@link gyre.buffer.Buf} that of {@code EasyBuf}.
 */
@NullMarked
package gyre.io.codec;

import org.jspecify.annotations.NullMarked;
