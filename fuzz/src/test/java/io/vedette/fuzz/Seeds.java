package io.vedette.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** What fuzzing starts from: files of the project, cut into pieces that are small enough to be fast. */
public final class Seeds {
    private static final Path ROOT = Path.of("..");
    private static final Pattern BLOCK = Pattern.compile("```yaml[^\n]*\n(.*?)```", Pattern.DOTALL);

    private Seeds() {}

    /** A file of the project, by its path from the root. */
    public static String file(String path) {
        try {
            return Files.readString(ROOT.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All compressed bodies of a folder of the project. */
    public static Stream<String> bodies(String folder) {
        try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
            return files
                    .filter(file -> file.toString().endsWith(".prom.gz"))
                    .sorted()
                    .map(Seeds::unpacked)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String unpacked(Path file) {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The YAML examples of a document. */
    public static Stream<String> examples(String document) {
        List<String> examples = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(file(document));
        while (blocks.find()) {
            examples.add(blocks.group(1));
        }
        return examples.stream();
    }

    /** A YAML file whose main key holds a list, as one file for each of its elements. */
    public static Stream<String> elements(String path, String key) {
        String text = file(path);
        String list = text.substring(text.indexOf("\n" + key + ":\n") + key.length() + 3);
        return Stream.of(list.split("(?m)^(?=  - )"))
                .filter(element -> element.startsWith("  - "))
                .map(element -> key + ":\n" + element);
    }

    /** As bytes, as fuzz tests want them. */
    public static Stream<byte[]> bytes(Stream<String> texts) {
        return texts.map(text -> text.getBytes(UTF_8));
    }
}
