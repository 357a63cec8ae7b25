package gyre.net;

import java.nio.file.Files;
import java.nio.file.Path;

/** Takes the lock of a path, {@code PATH TIMES}, as often as it is told, and each time makes sure that nobody else has it. */
final class PathLockMain {
    private PathLockMain() {}

    public static void main(String[] args) throws Exception {
        Path socket = Path.of(args[0]);
        Path held = socket.resolveSibling("held");
        int times = Integer.parseInt(args[1]);
        if (System.in.read() < 0) {
            return;
        }
        boolean refused = false;
        for (int had = 0; had < times; ) {
            try (PathLock lock = PathLock.tryTake(socket)) {
                if (lock != null) {
                    Files.delete(Files.createFile(held)); // fails if it is there
                    had++;
                } else if (!refused) {
                    System.out.println("refused");
                    refused = true;
                }
            }
        }
        System.out.println("had");
    }
}
