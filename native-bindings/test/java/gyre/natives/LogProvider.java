package gyre.natives;

/** For what is logged when stubs are refused. */
final class LogProvider {
    private LogProvider() {}

    public static void main(String[] args) {
        Provider provider = new Provider("auto", () -> "no page");
        System.out.println(provider.stubs() + " " + provider.stubs());
    }
}
