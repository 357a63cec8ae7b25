package gyre.channel;

import java.io.IOException;

/** Nobody will receive what was to be sent: the receiver was closed or cancelled. The sender still has the item. */
public final class ReceiverClosedException extends IOException {
    private static final long serialVersionUID = 1;

    /** With the one message that there is. */
    public ReceiverClosedException() {
        super("the receiver of this channel was closed");
    }
}
