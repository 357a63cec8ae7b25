package gyre.sys;

import java.io.IOException;

/** The system has run out of descriptors or of memory for sockets: worth another try later. */
public final class ResourceLimitException extends IOException {
    private static final long serialVersionUID = 1;

    /** With the system's message, which names the limit. */
    public ResourceLimitException(String message) {
        super(message);
    }
}
