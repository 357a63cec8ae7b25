package gyre.natives;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Errors by name and by number. A test compares the Linux column and the texts with the C library's, the others with what
 * the libc crate 0.2.139 says.
 */
final class ErrnoTable {
    /** Name, number on Linux, on macOS, on FreeBSD, text. */
    private static final String ROWS = """
            EPERM             1   1   1 Operation not permitted
            ENOENT            2   2   2 No such file or directory
            EINTR             4   4   4 Interrupted system call
            EIO               5   5   5 Input/output error
            ENXIO             6   6   6 No such device or address
            EBADF             9   9   9 Bad file descriptor
            EAGAIN           11  35  35 Resource temporarily unavailable
            ENOMEM           12  12  12 Cannot allocate memory
            EACCES           13  13  13 Permission denied
            EFAULT           14  14  14 Bad address
            EBUSY            16  16  16 Device or resource busy
            EEXIST           17  17  17 File exists
            ENODEV           19  19  19 No such device
            ENOTDIR          20  20  20 Not a directory
            EISDIR           21  21  21 Is a directory
            EINVAL           22  22  22 Invalid argument
            ENFILE           23  23  23 Too many open files in system
            EMFILE           24  24  24 Too many open files
            ENOSPC           28  28  28 No space left on device
            EROFS            30  30  30 Read-only file system
            EPIPE            32  32  32 Broken pipe
            ENAMETOOLONG     36  63  63 File name too long
            ENOSYS           38  78  78 Function not implemented
            ELOOP            40  62  62 Too many levels of symbolic links
            EPROTO           71 100  92 Protocol error
            EOVERFLOW        75  84  84 Value too large for defined data type
            ENOTSOCK         88  38  38 Socket operation on non-socket
            EDESTADDRREQ     89  39  39 Destination address required
            EMSGSIZE         90  40  40 Message too long
            EPROTOTYPE       91  41  41 Protocol wrong type for socket
            ENOPROTOOPT      92  42  42 Protocol not available
            EPROTONOSUPPORT  93  43  43 Protocol not supported
            EOPNOTSUPP       95 102  45 Operation not supported
            EAFNOSUPPORT     97  47  47 Address family not supported by protocol
            EADDRINUSE       98  48  48 Address already in use
            EADDRNOTAVAIL    99  49  49 Cannot assign requested address
            ENETDOWN        100  50  50 Network is down
            ENETUNREACH     101  51  51 Network is unreachable
            ENETRESET       102  52  52 Network dropped connection on reset
            ECONNABORTED    103  53  53 Software caused connection abort
            ECONNRESET      104  54  54 Connection reset by peer
            ENOBUFS         105  55  55 No buffer space available
            EISCONN         106  56  56 Transport endpoint is already connected
            ENOTCONN        107  57  57 Transport endpoint is not connected
            ESHUTDOWN       108  58  58 Cannot send after transport endpoint shutdown
            ETOOMANYREFS    109  59  59 Too many references: cannot splice
            ETIMEDOUT       110  60  60 Connection timed out
            ECONNREFUSED    111  61  61 Connection refused
            EHOSTDOWN       112  64  64 Host is down
            EHOSTUNREACH    113  65  65 No route to host
            EALREADY        114  37  37 Operation already in progress
            EINPROGRESS     115  36  36 Operation now in progress
            """;

    private static final Map<String, Row> BY_NAME = new HashMap<>();
    private static final Map<Integer, Row> BY_NUMBER = new HashMap<>();

    static {
        ROWS.lines().forEach(line -> {
            String[] cells = line.split(" +", 5);
            Row row =
                    new Row(cells[0], Integer.parseInt(cells[Platform.MACOS ? 2 : Platform.FREEBSD ? 3 : 1]), cells[4]);
            BY_NAME.put(row.name, row);
            BY_NUMBER.put(row.number, row);
        });
    }

    private ErrnoTable() {}

    static int number(String name) {
        Row row = BY_NAME.get(name);
        if (row == null) {
            throw new IllegalArgumentException(name);
        }
        return row.number;
    }

    static @Nullable Row row(int number) {
        return BY_NUMBER.get(number);
    }

    static Iterable<Row> rows() {
        return BY_NAME.values();
    }

    /** One error on this system. */
    record Row(String name, int number, String text) {}
}
