package io.vedette.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A process that a test has started, and what it has printed. */
final class ForkedJava implements AutoCloseable {
    /** What the job jar has in it, and what a cluster must not have instead: it would be found first. */
    private static final Pattern IN_JOB_JAR = Pattern.compile(
            ".*/(target/.*|vedette-[^/]*|flink-connector-(kafka|base)[^/]*|kafka[^/]*|zstd-jni[^/]*|lz4-java[^/]*|snappy-java[^/]*"
                    + "|picocli[^/]*)|.*/(dev/cel|com/google|org/antlr|com/fasterxml|io/opentelemetry)/.*");

    private final Process process;
    private final Path output;

    private ForkedJava(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Runs any program. */
    static ForkedJava start(Path output, Map<String, String> environment, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("VEDETTE_"));
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        return new ForkedJava(builder.start(), output);
    }

    /** The command line of a Java program. */
    static List<String> java(String classPath, List<String> flags, String main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(arguments);
        return command;
    }

    /** All that this test has on its class path. */
    static String wholeClassPath() {
        return System.getProperty("java.class.path");
    }

    /** Of that, what a Flink distribution has. */
    static String flinkClassPath() {
        return Stream.of(wholeClassPath().split(File.pathSeparator))
                .filter(place -> !IN_JOB_JAR.matcher(place).matches())
                .collect(Collectors.joining(File.pathSeparator));
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Waits for its end; its exit code, or -1 when it has not come in time. */
    int awaitEnd(int seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    /** What it has printed. */
    String output() throws IOException {
        return Files.readString(output, UTF_8);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
