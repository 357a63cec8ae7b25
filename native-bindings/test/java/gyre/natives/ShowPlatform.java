package gyre.natives;

/** Prints why natives can't be used, else who makes the calls. */
final class ShowPlatform {
    private ShowPlatform() {}

    public static void main(String[] args) {
        String reason = Platform.unusable();
        System.out.println(reason != null ? "unusable: " + reason : "usable: " + Sys.provider());
        assert reason == null || reason.equals(Platform.unusable());
    }
}
