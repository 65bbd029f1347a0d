package io.vedette.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vedette.ingest.scrape.ReceivedScrape;
import io.vedette.ingest.scrape.ScrapeOutcome;
import io.vedette.ingest.scrape.TargetSettings;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * {@link NodeCards} in a process of its own, which native code may end: {@link #main} there answers what is asked of it here. Its environment is what a test
 * gives it.
 */
final class CardsProcess implements AutoCloseable {
    private static final String END = "---";

    private final Process process;
    private final BufferedWriter questions;
    private final BufferedReader answers;

    private CardsProcess(Process process) {
        this.process = process;
        this.questions = process.outputWriter(UTF_8);
        this.answers = process.inputReader(UTF_8);
    }

    /**
     * Starts one.
     *
     * @param environment all that it has
     * @param kernelLog what it takes for the kernel's log
     * @param flags for its JVM
     */
    static CardsProcess start(Map<String, String> environment, Path kernelLog, List<String> flags) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        command.addAll(flags);
        command.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), CardsProcess.class.getName(), kernelLog.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new CardsProcess(builder.start());
    }

    /** Asks and waits; what comes is empty where the process has ended. */
    String ask(String question) throws IOException {
        questions.write(question + '\n');
        questions.flush();
        StringBuilder answer = new StringBuilder();
        for (String line = answers.readLine(); line != null && !line.equals(END); line = answers.readLine()) {
            answer.append(line).append('\n');
        }
        return answer.toString();
    }

    /** One scrape: the exposition, or {@code FAILED reason: detail}. */
    String scrape(Duration timeout) throws IOException {
        return ask("scrape " + timeout.toMillis());
    }

    /** Ends it as it should; its exit code. */
    int end() throws IOException, InterruptedException {
        questions.close();
        return process.waitFor(30, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** The other side: {@code scrape MILLIS}, {@code look}, {@code advance SECONDS}, {@code threads}, {@code maps}, one a line; each answer is closed by a line of its own. */
    public static void main(String[] arguments) throws IOException {
        AtomicLong ahead = new AtomicLong();
        PrintStream out = new PrintStream(System.out, false, UTF_8);
        List<TargetSettings> targets = List.of();
        try (NodeCards cards = new NodeCards(
                        "gpu-7",
                        CardMode.AUTO,
                        () -> targets,
                        () -> System.nanoTime() + ahead.get(),
                        Path.of(arguments[0]));
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.split(" ", -1);
                switch (words[0]) {
                    case "scrape" ->
                        out.print(text(cards.scrape(Duration.ofMillis(Long.parseLong(words[1])))
                                .join()));
                    case "look" -> {
                        NodeCards.Found found = cards.look().join();
                        out.println((found.watched() ? "watched: " : "not watched: ") + found.words());
                    }
                    case "advance" -> ahead.addAndGet(TimeUnit.SECONDS.toNanos(Long.parseLong(words[1])));
                    case "threads" -> out.println(cards.threadsGivenUp());
                    case "maps" ->
                        new String(Files.readAllBytes(Path.of("/proc/self/maps")), UTF_8)
                                .lines()
                                .filter(Pattern.compile("libjni|libnvidia|/libcuda|vedette[0-9]+\\.so")
                                        .asPredicate())
                                .map(map -> map.replaceAll(".* /", "/"))
                                .distinct()
                                .forEach(out::println);
                    default -> throw new IllegalArgumentException(line);
                }
                out.println(END);
                out.flush();
            }
        }
    }

    private static String text(ReceivedScrape scrape) {
        if (scrape.outcome() instanceof ScrapeOutcome.Failed failed) {
            return "FAILED " + failed.failure().word() + ": " + failed.detail() + '\n';
        }
        return new String(scrape.body(), UTF_8);
    }
}
