package io.vedette.cli.replay;

import io.vedette.cli.UserMistake;
import io.vedette.cli.capture.Capture;
import io.vedette.cli.capture.CaptureFinder;
import io.vedette.cli.capture.CaptureSurvey;
import io.vedette.cli.capture.Unpacking;
import io.vedette.cli.config.ReplayConfiguration;
import io.vedette.jobs.derive.DeriveJob;
import io.vedette.jobs.derive.DeriveSettings;
import io.vedette.jobs.derive.DeriveStreams;
import io.vedette.jobs.derive.DeriveTypes;
import io.vedette.jobs.derive.SampleRecord;
import io.vedette.jobs.detect.DetectJob;
import io.vedette.jobs.detect.DetectSettings;
import io.vedette.jobs.rules.RuleSet;
import io.vedette.jobs.run.CheckpointFolder;
import io.vedette.jobs.run.JobMetrics;
import io.vedette.jobs.run.JobOptions;
import io.vedette.jobs.run.LocalFlink;
import io.vedette.jobs.run.LocalJob;
import io.vedette.model.alert.AlertEvent;
import io.vedette.model.alert.AlertJson;
import io.vedette.model.frame.FrameCodec;
import io.vedette.model.sample.ScrapeFailure;
import io.vedette.model.series.SeriesSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.runtime.client.JobExecutionException;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The same two job graphs as {@code up} has, over recorded scrapes, in event time, as fast as they go. Equal captures give equal results. */
public final class Replay {
    private static final String JOB = "replay";
    private static final String DETECT = "detect";
    private static final String DETECT_SHIPPED = "detect by shipped rules";
    private static final String JOB_SHIPPED = "replay by shipped rules";
    private static final Duration PROGRESS_INTERVAL = Duration.ofMillis(200);
    private static final Comparator<AlertEvent> ORDER = Comparator.comparing(AlertEvent::updatedAt)
            .thenComparing(event -> event.fingerprint())
            .thenComparingLong(AlertEvent::sequence);

    /** An open one holds some 10 MB for its decompression; were there more of them, they are unpacked first. */
    private static final int MOST_OPEN_ARCHIVES = 20;

    private final ReplaySettings settings;
    private final Progress progress;
    private final ReplayConfiguration shipped = ReplayConfiguration.shipped();
    private final ReplayConfiguration own;
    private final boolean compares;
    private final List<String> problems = new ArrayList<>();

    private Replay(ReplaySettings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
        this.own = settings.own().orElse(shipped);
        this.compares = settings.own().isPresent();
    }

    private record Surveyed(Capture capture, CaptureSurvey survey) {}

    /** Is told how far a replay has come. */
    @FunctionalInterface
    public interface Progress {
        void scrapes(long done, long all);
    }

    /**
     * Replays captures and writes the files that are asked for.
     *
     * @throws UserMistake when there is nothing to replay or a file cannot be written
     */
    public static ReplayResult run(ReplaySettings settings, Progress progress)
            throws IOException, InterruptedException, JobExecutionException {
        Path work = Files.createTempDirectory("vedette-replay");
        try {
            return new Replay(settings, progress).run(work);
        } finally {
            CheckpointFolder.deleteTree(work);
        }
    }

    private ReplayResult run(Path work) throws IOException, InterruptedException, JobExecutionException {
        List<Surveyed> captures = surveyed();
        long scrapes = captures.stream().mapToLong(of -> of.survey.scrapes()).sum();
        List<ReplayedCapture> replayed = new ArrayList<>();
        boolean unpack = captures.stream().filter(of -> of.capture.isArchive()).count() > MOST_OPEN_ARCHIVES;
        for (Surveyed of : captures) {
            replayed.add(prepared(of, unpack, work));
        }
        Path frames = work.resolve("frames");
        Path alerts = work.resolve("alerts");
        Path shippedAlerts = work.resolve("shipped-alerts");
        // What is derived alike is derived once and judged twice.
        boolean twice = compares && !own.derive().equals(shipped.derive());
        Round round = new Round(JOB, 0, scrapes, twice ? 2 * scrapes : scrapes);
        StreamExecutionEnvironment job = JobOptions.transientJob(settings.parallelism());
        DeriveStreams derived = define(job, replayed, own.derive());
        if (settings.derived().isPresent()) {
            spoolFrames(derived, frames);
        }
        detect(derived, own.rules(), DETECT, alerts);
        if (compares && !twice) {
            detect(derived, shipped.rules(), DETECT_SHIPPED, shippedAlerts);
        }
        JobMetrics metrics = runJob(job, work, round);
        if (twice) {
            StreamExecutionEnvironment second = JobOptions.transientJob(settings.parallelism());
            detect(define(second, replayed, shipped.derive()), shipped.rules(), DETECT_SHIPPED, shippedAlerts);
            var unused = runJob(second, work, new Round(JOB_SHIPPED, scrapes, scrapes, 2 * scrapes));
        }

        if (settings.derived().isPresent()) {
            FrameSpool.write(
                    frames,
                    settings.derived().get(),
                    SeriesSettings.ofReplay(own.derive().windows()));
        }
        List<AlertEvent> events = events(alerts);
        Optional<List<AlertEvent>> shippedEvents = compares ? Optional.of(events(shippedAlerts)) : Optional.empty();
        if (settings.alerts().isPresent()) {
            writeAlerts(events, settings.alerts().get());
        }
        addCountedProblems(metrics);
        return new ReplayResult(
                captures.stream().map(of -> of.capture.name()).toList(),
                scrapes,
                failures(metrics),
                captures.stream().mapToLong(of -> of.survey.firstMillis()).min().orElseThrow(),
                captures.stream().mapToLong(of -> of.survey.lastMillis()).max().orElseThrow(),
                metrics.count(JOB, "frames"),
                problems,
                events,
                shippedEvents.map(
                        others -> RuleComparison.of(others, events, own.rules().hasMostOf(shipped.rules()))));
    }

    /** Those captures that hold a scrape. */
    private List<Surveyed> surveyed() {
        List<Surveyed> captures = new ArrayList<>();
        for (Capture capture : CaptureFinder.find(settings.captures())) {
            CaptureSurvey survey = CaptureSurvey.of(capture);
            survey.damage().ifPresent(problems::add);
            if (survey.passedOver() > 0) {
                problems.add("passed over in " + capture.location() + ": " + survey.passedOver()
                        + "; a scrape is a readable file named UNIX_MILLIS.prom or UNIX_MILLIS.down");
            }
            if (survey.scrapes() > 0) {
                captures.add(new Surveyed(capture, survey));
            } else if (survey.damage().isEmpty()) {
                problems.add(capture.location() + " has no scrape");
            }
        }
        if (captures.isEmpty()) {
            throw new UserMistake("there is nothing to replay: " + String.join("; ", problems));
        }
        return captures;
    }

    private static Map<ScrapeFailure, Long> failures(JobMetrics metrics) {
        Map<ScrapeFailure, Long> failures = new EnumMap<>(ScrapeFailure.class);
        for (ScrapeFailure reason : ScrapeFailure.values()) {
            long count = metrics.count(JOB, ScrapeRecords.failed(reason));
            if (count > 0) {
                failures.put(reason, count);
            }
        }
        return failures;
    }

    private static ReplayedCapture prepared(Surveyed of, boolean unpack, Path work) throws IOException {
        boolean stream = of.survey.ascending() && !(unpack && of.capture.isArchive());
        Capture ordered =
                stream ? of.capture : Unpacking.into(work.resolve("unpacked").resolve(of.capture.name()), of.capture);
        return new ReplayedCapture(ordered, of.survey.intervalMillis());
    }

    private static DeriveStreams define(
            StreamExecutionEnvironment job, List<ReplayedCapture> captures, DeriveSettings derive) {
        DataStream<SampleRecord> samples = job.fromSource(
                        new ReplaySource(captures), DeriveJob.watermarks(), "captures", DeriveTypes.SAMPLE)
                .setParallelism(1)
                .uid("captures");
        return DeriveJob.define(samples, derive);
    }

    private static void spoolFrames(DeriveStreams derived, Path frames) {
        derived.frames()
                .sinkTo(new SpoolSink<>(frames, FrameCodec::encode))
                .setParallelism(1)
                .uid("frames");
    }

    private static void detect(DeriveStreams derived, RuleSet rules, String name, Path alerts) {
        DetectJob.define(derived.frames(), new DetectSettings(rules, 0, DetectSettings.RUNBOOK), name)
                .alerts()
                .sinkTo(new SpoolSink<>(alerts, AlertJson::write))
                .setParallelism(1)
                .uid("alerts of " + name);
    }

    /**
     * A job over all captures.
     *
     * @param before scrapes that rounds before this one have read
     * @param all those of all rounds
     */
    private record Round(String job, long before, long scrapes, long all) {}

    private JobMetrics runJob(StreamExecutionEnvironment environment, Path work, Round round)
            throws InterruptedException, JobExecutionException {
        try (LocalFlink flink = LocalFlink.start(work, settings.parallelism())) {
            LocalJob job = flink.submit(environment, round.job());
            while (!job.awaitEnd(PROGRESS_INTERVAL)) {
                progress.scrapes(
                        round.before() + flink.metrics().count(round.job(), ScrapeRecords.SCRAPES), round.all());
            }
            job.requireSuccess();
            progress.scrapes(round.before() + round.scrapes(), round.all());
            return flink.metrics();
        }
    }

    private static List<AlertEvent> events(Path spool) throws IOException {
        return Spool.readAll(spool).stream()
                .map(AlertJson::readEvent)
                .sorted(ORDER)
                .toList();
    }

    private static void writeAlerts(List<AlertEvent> events, Path out) throws IOException {
        try (var writer = Files.newOutputStream(out)) {
            for (AlertEvent event : events) {
                writer.write(AlertJson.write(event));
                writer.write('\n');
            }
        }
    }

    private void addCountedProblems(JobMetrics metrics) {
        add(metrics, ScrapeRecords.NO_METRICS, "bodies are no metrics, and count as failed scrapes");
        add(metrics, ScrapeRecords.BAD_LINES, "lines of bodies could not be read, and were set aside");
        add(metrics, "rejected_records", "records could not be used");
        add(
                metrics,
                "dropped_samples",
                "samples made no sense (NaN, negative, bounds that do not ascend) and were dropped");
        add(
                metrics,
                "foreign_samples",
                "samples came from a router and told about other engines; they were set aside, so that nothing is counted twice");
        add(metrics, "late_scrapes", "scrapes were not newer than their target's newest, and were dropped");
    }

    private void add(JobMetrics metrics, String name, String sentence) {
        long count = metrics.count(JOB, name);
        if (count > 0) {
            problems.add(count + " " + sentence);
        }
    }
}
