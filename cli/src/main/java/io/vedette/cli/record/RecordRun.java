package io.vedette.cli.record;

import io.vedette.cli.Interrupts;
import io.vedette.cli.Printable;
import io.vedette.cli.Terminal;
import io.vedette.ingest.AgentSettings;
import io.vedette.model.sample.ScrapeFailure;
import io.vedette.model.yaml.PrometheusDuration;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.SortedMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** {@code vedette record} from start to end. */
public final class RecordRun {
    private static final Duration GLANCE = Duration.ofMillis(500);
    private static final int INTERRUPTED = 130;
    private static final double KILO = 1000;

    private final AgentSettings settings;
    private final Path out;
    private final LongSupplier nanoTime;
    private final ProgressLine progress;
    private final PrintWriter print;
    private final CountDownLatch end = new CountDownLatch(1);

    RecordRun(AgentSettings settings, Path out, LongSupplier nanoTime, ProgressLine progress, PrintWriter print) {
        this.settings = settings;
        this.out = out;
        this.nanoTime = nanoTime;
        this.progress = progress;
        this.print = print;
    }

    /**
     * Records until the time is over, somebody interrupts it, or nothing can be written any more.
     *
     * @param err hears of targets that fail; shows the progress where it is a terminal
     * @return whether it ended as it was asked to
     * @throws io.vedette.cli.UserMistake when it cannot start
     */
    public static boolean run(AgentSettings settings, Path out, Duration length, PrintWriter print, PrintWriter err)
            throws InterruptedException {
        RecordRun run =
                new RecordRun(settings, out, System::nanoTime, new ProgressLine(err, Terminal.isThere()), print);
        Interrupts.tell(run::interrupted);
        return run.run(length);
    }

    private void interrupted(int times) {
        if (times > 1) {
            Runtime.getRuntime().halt(INTERRUPTED);
        }
        end.countDown();
    }

    /** Ends it soon, as Ctrl-C does. */
    void stop() {
        end.countDown();
    }

    boolean run(Duration length) throws InterruptedException {
        long begun = nanoTime.getAsLong();
        Recording recording = Recording.start(settings, out, InstantSource.system(), new Told());
        try (recording) {
            boolean interrupted = false;
            while (!interrupted && recording.problem().isEmpty() && left(begun, length) > 0) {
                progress.show(line(recording, length.minusNanos(nanoTime.getAsLong() - begun)));
                interrupted = end.await(Math.min(GLANCE.toNanos(), left(begun, length)), TimeUnit.NANOSECONDS);
            }
        }
        progress.clear();
        summarize(recording, Duration.ofNanos(nanoTime.getAsLong() - begun));
        recording
                .problem()
                .ifPresent(reason -> progress.say(
                        "vedette: " + reason + "; what is recorded is whole, and the same command goes on with it"));
        return recording.problem().isEmpty();
    }

    private long left(long begun, Duration length) {
        return length.toNanos() - (nanoTime.getAsLong() - begun);
    }

    private static String line(Recording recording, Duration left) {
        SortedMap<String, Tally> tallies = recording.tallies();
        Tally all = tallies.values().stream().reduce(Tally.NONE, Tally::and);
        return targets(tallies.size()) + ", " + all.scrapes() + " scrapes, " + all.failuresInWords() + ", "
                + size(all.bytes()) + ", " + written(left) + " left";
    }

    private void summarize(Recording recording, Duration took) {
        SortedMap<String, Tally> tallies = recording.tallies();
        print.println("recorded " + targets(tallies.size()) + " for " + written(took));
        int width = tallies.keySet().stream().mapToInt(String::length).max().orElse(0);
        tallies.forEach((target, tally) ->
                print.println("  " + Printable.of(target) + " ".repeat(width - target.length()) + "  " + tally.scrapes()
                        + " scrapes, " + tally.failuresInWords() + ", " + size(tally.bytes())));
        if (recording.skipped() > 0) {
            print.println("left out since the one before still ran: " + recording.skipped());
        }
        print.println("replay it with:  ./vedette replay " + shellWord(out.toString()));
        print.flush();
    }

    private static String targets(int count) {
        return count == 1 ? "1 target" : count + " targets";
    }

    private static String written(Duration duration) {
        return PrometheusDuration.format(duration.plusMillis(500).truncatedTo(ChronoUnit.SECONDS));
    }

    /** In decimal units, as disks are sold. */
    static String size(long bytes) {
        if (bytes < KILO) {
            return bytes + " B";
        }
        double size = bytes;
        int unit = -1;
        while (size >= KILO - 0.05 && unit < 3) {
            size /= KILO;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %cB", size, "kMGT".charAt(unit));
    }

    /** As a POSIX shell takes it for one word. */
    static String shellWord(String text) {
        return text.matches("[\\w@%+=:,./-]+") ? text : '\'' + text.replace("'", "'\\''") + '\'';
    }

    /** Tells what cannot wait for the summary. */
    private final class Told implements Recording.Listener {
        @Override
        public void fails(String target, ScrapeFailure reason, String detail) {
            progress.say(Printable.of(target + " cannot be scraped (" + reason.word() + "): " + detail));
        }

        @Override
        public void answers(String target) {
            progress.say(Printable.of(target) + " answers again");
        }

        @Override
        public void cards(String words) {
            progress.say(Printable.of(words));
        }

        @Override
        public void stuck() {
            end.countDown();
        }
    }
}
