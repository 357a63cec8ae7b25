package gyre.sys;

import java.net.ConnectException;

/** A Unix listener has as many connections waiting as it wants: worth another try later. The system doesn't tell when. */
public final class BacklogFullException extends ConnectException {
    private static final long serialVersionUID = 1;

    /** With a message that names the listener's address. */
    public BacklogFullException(String message) {
        super(message);
    }
}
