package io.vedette.model.yaml;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * A value in a YAML file that knows where it stands, so that every mistake is told with file, line and column. No Java object is ever built from a
 * tag. Every method throws {@link ConfigurationException} when the value is not of the kind asked for. Immutable.
 */
public final class YamlValue {
    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setAllowDuplicateKeys(false)
            .setMaxAliasesForCollections(20)
            .setCodePointLimit(4 << 20)
            .build();

    private final Document document;
    private final Node node;

    /** A file's name and its text. */
    private record Document(String source, String text) {}

    private YamlValue(Document document, Node node) {
        this.document = document;
        this.node = node;
    }

    /** Reads a file's only document; an empty file is empty. */
    public static Optional<YamlValue> read(Path file) {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new ConfigurationException(file.toString(), "there is no such file");
        } catch (CharacterCodingException e) {
            throw new ConfigurationException(file.toString(), "is no text in UTF-8");
        } catch (IOException e) {
            if (Files.isDirectory(file)) {
                throw new ConfigurationException(file.toString(), "is a folder, and a file is expected here");
            }
            throw new ConfigurationException(
                    file.toString(), "cannot be read: " + e.getClass().getSimpleName() + "; check its permissions");
        }
    }

    /** Parses a text's only document. */
    public static Optional<YamlValue> parse(String source, String text) {
        try {
            Document document = new Document(source, text);
            DepthLimit events = new DepthLimit(source, new ParserImpl(SETTINGS, new StreamReader(SETTINGS, text)));
            return new Composer(SETTINGS, events).getSingleNode().map(node -> new YamlValue(document, node));
        } catch (MarkedYamlEngineException e) {
            throw YamlSlip.mistake(source, text, e);
        } catch (YamlEngineException e) {
            throw new ConfigurationException(source, "no valid YAML: " + e.getMessage());
        } catch (IndexOutOfBoundsException e) {
            // The parser's reader stumbles over a character of two halves at the very end of its buffer.
            throw new ConfigurationException(source, "no valid YAML: it ends in the middle of something");
        }
    }

    /** A mistake at this value's place. */
    public ConfigurationException mistake(String problem) {
        return node.getStartMark()
                .map(mark -> new ConfigurationException(source(), mark.getLine() + 1, mark.getColumn() + 1, problem))
                .orElseGet(() -> new ConfigurationException(source(), problem));
    }

    /**
     * A mistake inside a scalar.
     *
     * @param offset of the character that is wrong, in {@link #string()}
     */
    public ConfigurationException mistakeAt(int offset, String problem) {
        Mark start = node.getStartMark().orElse(null);
        if (start == null || !(node instanceof ScalarNode scalar)) {
            return mistake(problem);
        }
        ScalarPlace place = ScalarPlace.of(document.text(), start.getIndex(), scalar, offset);
        return new ConfigurationException(source(), place.line(), place.column(), problem);
    }

    /** The file's name. */
    public String source() {
        return document.source();
    }

    /** Line in the file, from 1. */
    public int line() {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    public boolean isMapping() {
        return node instanceof MappingNode;
    }

    public boolean isSequence() {
        return node instanceof SequenceNode;
    }

    /** The values of a mapping by key, in the file's order. */
    public Map<String, YamlValue> mapping() {
        if (!(node instanceof MappingNode mapping)) {
            throw mistake("a mapping (key: value) is expected here, not " + described());
        }
        Map<String, YamlValue> values = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            YamlValue key = new YamlValue(document, tuple.getKeyNode());
            if (values.put(key.string(), new YamlValue(document, tuple.getValueNode())) != null) {
                throw key.mistake("'" + key.string() + "' stands here twice");
            }
        }
        return values;
    }

    /** The keys of a mapping, in the file's order, for mistakes in them. */
    public List<YamlValue> keys() {
        if (!(node instanceof MappingNode mapping)) {
            throw mistake("a mapping (key: value) is expected here, not " + described());
        }
        return mapping.getValue().stream()
                .map(tuple -> new YamlValue(document, tuple.getKeyNode()))
                .toList();
    }

    /** The values of a mapping that may have these keys only; another one is named with the nearest right one. */
    public Map<String, YamlValue> mapping(Set<String> known) {
        return mapping(known, mistake -> {
            throw mistake;
        });
    }

    /** The same, where all keys that are unknown are told. Such a value counts as that of the nearest right key, so that one slip is one mistake. */
    public Map<String, YamlValue> mapping(Set<String> known, Consumer<ConfigurationException> mistakes) {
        Map<String, YamlValue> values = mapping();
        List<String> candidates = known.stream().sorted().toList();
        for (YamlValue key : keys()) {
            if (!known.contains(key.string())) {
                YamlValue value = Objects.requireNonNull(values.remove(key.string()));
                NearestName.of(key.string(), candidates).ifPresent(name -> values.putIfAbsent(name, value));
                mistakes.accept(
                        key.mistake("unknown key '" + key.string() + "'" + NearestName.hint(key.string(), candidates)));
            }
        }
        return values;
    }

    /** The elements of a sequence. */
    public List<YamlValue> sequence() {
        if (!(node instanceof SequenceNode sequence)) {
            throw mistake("a list is expected here, not " + described());
        }
        List<YamlValue> values = new ArrayList<>();
        for (Node element : sequence.getValue()) {
            values.add(new YamlValue(document, element));
        }
        return values;
    }

    /** The text of a scalar, whatever it could be read as; null and empty are the empty text. */
    public String string() {
        if (!(node instanceof ScalarNode scalar)) {
            throw mistake("a single value is expected here, not " + described());
        }
        return scalar.getTag().getValue().endsWith(":null") ? "" : scalar.getValue();
    }

    /** The elements of a sequence as texts. */
    public List<String> strings() {
        return sequence().stream().map(YamlValue::string).toList();
    }

    /** A finite number. */
    public double number() {
        try {
            double number = Double.parseDouble(string());
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw mistake("'" + string() + "' is no number");
        }
        throw mistake("'" + string() + "' is no finite number");
    }

    /** A whole number within a range, both ends included. */
    public int integer(int least, int most) {
        double number = number();
        if (number != Math.rint(number) || number < least || number > most) {
            throw mistake("'" + string() + "' is no whole number from " + least + " to " + most);
        }
        return (int) number;
    }

    public boolean bool() {
        return switch (string()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw mistake("'" + string() + "' is neither true nor false");
        };
    }

    /** A duration as Prometheus writes it. */
    public Duration duration() {
        try {
            return PrometheusDuration.parse(string());
        } catch (IllegalArgumentException e) {
            throw mistake(String.valueOf(e.getMessage()));
        }
    }

    /** A file's path, relative to the folder of the file that this value stands in, and without detours. */
    public Path path() {
        try {
            return direct(Path.of(source()).resolveSibling(string()));
        } catch (InvalidPathException e) {
            throw mistake("'" + string() + "' is no path: " + e.getReason());
        }
    }

    /** {@code a/../b} is {@code b}, unless a link is on the way: what is above one is not what is above where it leads. */
    private static Path direct(Path path) {
        for (Path part = path.getParent(); part != null; part = part.getParent()) {
            if (Files.isSymbolicLink(part)) {
                return path;
            }
        }
        Path direct = path.normalize();
        return direct.toString().isEmpty() ? path : direct;
    }

    private String described() {
        return isMapping() ? "a mapping" : isSequence() ? "a list" : "'" + ((ScalarNode) node).getValue() + "'";
    }
}
