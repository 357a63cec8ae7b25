package gyre.natives;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of errors on this system, their names and texts, and the one place where an error becomes an exception.
 * Needs no native call.
 */
public final class Errno {
    /** Nothing to do yet: try again later. */
    public static final int EAGAIN = ErrnoTable.number("EAGAIN"), EINTR = ErrnoTable.number("EINTR");

    /** A connection has begun, goes on, or is there. */
    public static final int EINPROGRESS = ErrnoTable.number("EINPROGRESS"),
            EALREADY = ErrnoTable.number("EALREADY"),
            EISCONN = ErrnoTable.number("EISCONN");

    /** A connection could not be made. */
    public static final int ECONNREFUSED = ErrnoTable.number("ECONNREFUSED"),
            ETIMEDOUT = ErrnoTable.number("ETIMEDOUT"),
            EHOSTUNREACH = ErrnoTable.number("EHOSTUNREACH"),
            ENETUNREACH = ErrnoTable.number("ENETUNREACH");

    /** A connection has ended, or never was. */
    public static final int ECONNRESET = ErrnoTable.number("ECONNRESET"),
            ECONNABORTED = ErrnoTable.number("ECONNABORTED"),
            EPIPE = ErrnoTable.number("EPIPE"),
            ENOTCONN = ErrnoTable.number("ENOTCONN"),
            ESHUTDOWN = ErrnoTable.number("ESHUTDOWN");

    /** A name can't be had. */
    public static final int EADDRINUSE = ErrnoTable.number("EADDRINUSE"),
            EADDRNOTAVAIL = ErrnoTable.number("EADDRNOTAVAIL"),
            EACCES = ErrnoTable.number("EACCES"),
            EPERM = ErrnoTable.number("EPERM"),
            EEXIST = ErrnoTable.number("EEXIST"),
            ENOENT = ErrnoTable.number("ENOENT");

    /** Too much is open or in use; what is there goes on. */
    public static final int EMFILE = ErrnoTable.number("EMFILE"),
            ENFILE = ErrnoTable.number("ENFILE"),
            ENOBUFS = ErrnoTable.number("ENOBUFS"),
            ENOMEM = ErrnoTable.number("ENOMEM"),
            ENOSPC = ErrnoTable.number("ENOSPC"),
            ETOOMANYREFS = ErrnoTable.number("ETOOMANYREFS");

    /** The caller made a mistake. */
    public static final int EBADF = ErrnoTable.number("EBADF"),
            EFAULT = ErrnoTable.number("EFAULT"),
            EINVAL = ErrnoTable.number("EINVAL"),
            ENOTSOCK = ErrnoTable.number("ENOTSOCK"),
            EMSGSIZE = ErrnoTable.number("EMSGSIZE"),
            EDESTADDRREQ = ErrnoTable.number("EDESTADDRREQ");

    /** The system does not have it, or a device failed. */
    public static final int EIO = ErrnoTable.number("EIO"),
            ENOSYS = ErrnoTable.number("ENOSYS"),
            EOPNOTSUPP = ErrnoTable.number("EOPNOTSUPP"),
            ENOPROTOOPT = ErrnoTable.number("ENOPROTOOPT"),
            EPROTONOSUPPORT = ErrnoTable.number("EPROTONOSUPPORT"),
            EAFNOSUPPORT = ErrnoTable.number("EAFNOSUPPORT");

    private Errno() {}

    /**
     * The name that C gives to an error.
     *
     * @param errno a number above 0
     * @return for instance {@code ECONNREFUSED}, or {@code errno 4711}
     */
    public static String name(int errno) {
        ErrnoTable.@Nullable Row row = ErrnoTable.row(errno);
        return row != null ? row.name() : "errno " + errno;
    }

    /**
     * What an error means, in English.
     *
     * @param errno a number above 0
     * @return for instance {@code Connection refused}
     */
    public static String text(int errno) {
        ErrnoTable.@Nullable Row row = ErrnoTable.row(errno);
        return row != null ? row.text() : "Unknown error";
    }

    /**
     * Makes an error an exception of the JDK's class for it, with the message {@code "<what>: <text> (<name>)"}. Those
     * who catch what NIO throws catch the same here.
     *
     * @param errno a number above 0
     * @param what what was tried and on what, the call first: {@code "connect 10.0.0.1:80"}
     * @return the exception, to be thrown by the caller
     */
    public static IOException exception(int errno, String what) {
        String message = what + ": " + text(errno) + " (" + name(errno) + ")";
        if (errno == ECONNREFUSED) {
            // A datagram was refused, this one or one before.
            return what.startsWith("send") || what.startsWith("receive")
                    ? new PortUnreachableException(message)
                    : new ConnectException(message);
        }
        if (errno == ETIMEDOUT) {
            // From a call that sends or receives it is the end of a connection that was there.
            return what.startsWith("connect") ? new ConnectException(message) : new SocketException(message);
        }
        if (errno == EHOSTUNREACH || errno == ENETUNREACH) {
            return new NoRouteToHostException(message);
        }
        if (errno == EADDRINUSE || errno == EADDRNOTAVAIL || errno == EACCES && what.startsWith("bind")) {
            return new BindException(message);
        }
        if (errno == ECONNRESET
                || errno == EPIPE
                || errno == ECONNABORTED
                || errno == ENOTCONN
                || errno == EMSGSIZE
                || errno == EDESTADDRREQ) {
            return new SocketException(message);
        }
        return new IOException(message);
    }
}
