package io.vedette.jobs.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vedette.jobs.rules.Rule;
import io.vedette.jobs.rules.RuleSet;
import io.vedette.model.catalogue.Catalogue;
import io.vedette.model.catalogue.Meaning;
import io.vedette.model.entity.EntityKind;
import io.vedette.model.frame.Frame;
import io.vedette.model.frame.Window;
import io.vedette.model.series.DerivedSeries;
import io.vedette.model.series.FailureSource;
import io.vedette.model.series.Series;
import io.vedette.model.series.SeriesCatalogue;
import io.vedette.model.series.SeriesSettings;
import io.vedette.model.signal.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the table of {@code docs/engines.md} against what comes of each engine's metrics, on the whole way that they go. */
class EngineDocumentTest {
    private static final Path DOCUMENT = Path.of("../docs/engines.md");
    private static final Path BODIES = Path.of("src/test/resources/io/vedette/jobs/engines");
    private static final String PREFIX = Series.prefix(EntityKind.REPLICA);
    private static final String FAILURES = "request_failures_per_second";
    private static final Pattern WORD = Pattern.compile("`([^`]+)`");
    private static final int SCRAPES = 13;
    private static final int COLUMNS = 5;

    /** Those on engines; what rules on cards need, no engine shows. */
    private static final List<Rule> RULES =
            RuleSet.load(List.of(RuleSet.builtIn()), SeriesSettings.DEFAULT_WINDOWS, Map.of()).rules().stream()
                    .filter(rule -> rule.scope().contains(EntityKind.REPLICA)
                            || rule.scope().contains(EntityKind.MODEL))
                    .toList();

    /** A row: what lacks which series, and which rules cannot be told of it. */
    record Claim(String body, String engine, Set<String> missing, Set<String> blind) {
        static Claim of(List<String> cells) {
            List<String> body = words(cells.get(1));
            Set<String> missing = new TreeSet<>();
            for (String name : words(cells.get(2))) {
                missing.addAll(named(name));
            }
            return new Claim(
                    body.get(0), body.size() > 1 ? body.get(1) : "0", missing, new TreeSet<>(words(cells.get(4))));
        }

        /** A star at the end stands for every series that begins like that. */
        private static Set<String> named(String name) {
            Set<String> found = all().stream()
                    .filter(series -> name.endsWith("*")
                            ? series.startsWith(name.substring(0, name.length() - 1))
                            : series.equals(name))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(found).as("series called %s in %s", name, DOCUMENT).isNotEmpty();
            return found;
        }
    }

    static List<Claim> claims() throws IOException {
        return Files.readAllLines(DOCUMENT).stream()
                .map(line -> Arrays.stream(line.split("\\|"))
                        .skip(1)
                        .map(String::strip)
                        .toList())
                .filter(cells -> cells.size() == COLUMNS && cells.get(1).startsWith("`"))
                .map(Claim::of)
                .toList();
    }

    private static List<String> words(String cell) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(cell);
        while (matcher.find()) {
            words.add(matcher.group(1));
        }
        return words;
    }

    @ParameterizedTest
    @MethodSource("claims")
    void anEnginesSeriesAreThoseThatTheDocumentClaims(Claim claim) {
        BodyFollower follower = follow(claim.body());
        Set<String> expected = all();
        expected.removeAll(claim.missing());
        assertThat(seriesOf(lastFrame(follower, claim.engine())))
                .as("series of engine %s of %s", claim.engine(), claim.body())
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(follower.problems).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("claims")
    void theRulesThatAreBlindAreThoseThatTheDocumentClaims(Claim claim) {
        EnumSet<Signal> shown = shownBy(lastFrame(follow(claim.body()), claim.engine()));
        assertThat(RULES.stream()
                        .filter(rule -> rule.levels().stream()
                                .anyMatch(level ->
                                        !level.notes().needs().missing(shown).isEmpty()))
                        .map(Rule::id))
                .as("rules that are blind at engine %s of %s", claim.engine(), claim.body())
                .containsExactlyInAnyOrderElementsOf(claim.blind());
    }

    private static EnumSet<Signal> shownBy(Frame frame) {
        Window window = frame.window(60_000).orElseThrow();
        EnumSet<Signal> shown = EnumSet.noneOf(Signal.class);
        shown.addAll(window.growth().keySet());
        shown.addAll(window.histograms().keySet());
        frame.gauges().forEach((signal, value) -> shown.add(signal));
        return shown;
    }

    @Test
    void theNeedsOfEachRuleAreInTheDocument() throws IOException {
        List<String> document = Files.readAllLines(DOCUMENT);
        assertThat(document.stream()
                        .skip(document.indexOf("## What each rule needs"))
                        .takeWhile(line -> !line.startsWith("## An engine"))
                        .filter(line -> line.startsWith("| `")))
                .containsExactlyElementsOf(
                        RULES.stream().map(EngineDocumentTest::needs).toList());
    }

    /** A row of the table; levels that need different things in their order. */
    private static String needs(Rule rule) {
        String needs = rule.levels().stream()
                .map(level -> level.notes().needs().toString())
                .distinct()
                .collect(Collectors.joining("; "));
        return "| `" + rule.id() + "` | " + (needs.isEmpty() ? "–" : needs.replaceAll("\\w*_\\w+", "`$0`")) + " |";
    }

    @Test
    void theExampleOfAnEngineOfOnesOwnIsRead(@TempDir Path folder) throws IOException {
        String document = Files.readString(DOCUMENT);
        String example = document.substring(document.indexOf("```yaml\n") + 8, document.lastIndexOf("```"));
        Path file = Files.writeString(folder.resolve("my-engine.yaml"), example);
        assertThat(Catalogue.load(List.of(file)).meanings("my_engine_latency_ms"))
                .extracting(Meaning::signal, Meaning::factor)
                .containsExactly(tuple(Signal.E2E_REQUEST_LATENCY, 0.001));
    }

    @Test
    void everyBodyIsInTheDocument() throws IOException {
        try (Stream<Path> files = Files.list(BODIES)) {
            assertThat(claims())
                    .extracting(Claim::body)
                    .containsAll(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".prom.gz") && !name.contains("router"))
                            .map(name -> name.substring(0, name.length() - ".prom.gz".length()))
                            .toList());
        }
    }

    @Test
    void aRouterBesideItsEnginesCountsForNothing() {
        BodyFollower follower = follow("production-stack-router");
        assertThat(follower.foreignSamples).isEqualTo(SCRAPES * 8);
        assertThat(follower.found.frames).allSatisfy(frame -> {
            assertThat(frame.entity().modelName()).isEmpty();
            assertThat(seriesOf(frame)).isSubsetOf("up", "scrape_duration_seconds");
        });
    }

    private static BodyFollower follow(String name) {
        EngineBody body = EngineBody.of(name);
        BodyFollower follower = new BodyFollower();
        for (int scrape = 0; scrape < SCRAPES; scrape++) {
            follower.scrape("a:8000", 5L * scrape, body.after(1 + scrape));
        }
        return follower;
    }

    private static Frame lastFrame(BodyFollower follower, String engine) {
        List<Frame> frames = follower.found.frames.stream()
                .filter(frame -> frame.entity().engine().equals(engine))
                .toList();
        assertThat(frames)
                .as(
                        "frames of engine %s; there are %s",
                        engine,
                        follower.found.frames.stream()
                                .map(frame -> frame.entity().engine())
                                .collect(Collectors.toCollection(TreeSet::new)))
                .isNotEmpty();
        return frames.get(frames.size() - 1);
    }

    private static Set<String> seriesOf(Frame frame) {
        SeriesSettings settings = new SeriesSettings(
                List.of(Duration.ofMinutes(1)), List.of(0.5), false, EnumSet.of(EntityKind.REPLICA), Set.of(), false);
        Set<String> series = new TreeSet<>();
        DerivedSeries.of(settings)
                .visit(frame, (name, entity, point, value) -> series.add(shortName(name, point.get("source"))));
        return series;
    }

    private static String shortName(String name, String source) {
        String own = name.substring(PREFIX.length());
        return own.equals(FAILURES) ? own + '{' + source + '}' : own;
    }

    /** All series that a replica can have. */
    private static Set<String> all() {
        Set<String> names = SeriesCatalogue.all().stream()
                .filter(series -> series.kind() == EntityKind.REPLICA)
                .map(Series::shortName)
                .filter(name -> !name.contains("_lower")
                        && !name.contains("_upper")
                        && !name.endsWith("_bucket")
                        && !name.equals(FAILURES))
                .collect(Collectors.toCollection(TreeSet::new));
        for (FailureSource source : FailureSource.values()) {
            names.add(FAILURES + '{' + source.word() + '}');
        }
        return names;
    }
}
