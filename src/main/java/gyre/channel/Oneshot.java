package gyre.channel;

/**
 * A channel for one value, from any thread to any other.
 *
 * @param sender sends the value, or is closed without one
 * @param receiver the future of the value
 * @param <T> the type of the value, never null
 */
public record Oneshot<T>(OneshotSender<T> sender, OneshotReceiver<T> receiver) {
    /** A new one. */
    public static <T> Oneshot<T> open() {
        OneshotState<T> state = new OneshotState<>();
        return new Oneshot<>(new OneshotSender<>(state), new OneshotReceiver<>(state));
    }
}
