package gyre.sys.posix;

import gyre.sys.FileSender;
import gyre.sys.StreamSocket;
import java.net.StandardProtocolFamily;
import java.util.ArrayList;
import java.util.List;

/** Opens as many ways to send files as it gets, up to a number. */
final class PipeLimitMain {
    private PipeLimitMain() {}

    public static void main(String[] args) throws Exception {
        List<FileSender> open = new ArrayList<>();
        try (StreamSocket socket = new EpollBackend().stream(StandardProtocolFamily.INET)) {
            FileSender sender = socket.fileSender();
            while (sender != null && open.size() < Integer.parseInt(args[0])) {
                open.add(sender);
                sender = socket.fileSender();
            }
        }
        System.out.println("opened " + open.size());
    }
}
