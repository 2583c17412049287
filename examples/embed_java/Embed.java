import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Embed FILE...: placement from Java through JNA: java -Djna.library.path=/where/it/is/lib -cp jna.jar Embed.java */
public final class Embed {
  static final int ABI_MAJOR = 1, ABI_MINOR = 0;
  static final int OK = 0, NONE = -1;
  static final int LEVELS = 0, RULES = 1;
  static final int DETERMINING = 3, ALERTS = 4;
  static final int HOLDS = 2;

  /** The functions of placement.h that are used here: uint64_t is long, every handle a Pointer. */
  interface Placement extends Library {
    int placement_abi_check(int major, int minor);
    String placement_error_name(int code);
    int placement_error_code(Pointer error);
    int placement_error_fault_count(Pointer error);
    String placement_error_fault_where(Pointer error, int fault, Pointer length);
    String placement_error_fault_message(Pointer error, int fault, Pointer length);
    void placement_error_destroy(Pointer error);
    String placement_text_bytes(Pointer text, Pointer length);
    void placement_text_destroy(Pointer text);
    int placement_engine_default(Pointer options, PointerByReference engine, PointerByReference error);
    void placement_engine_release(Pointer engine);
    Pointer placement_engine_pack(Pointer engine);
    int placement_engine_recommend(Pointer engine, Pointer person, PointerByReference result, PointerByReference error);
    int placement_engine_recommend_json(Pointer engine, byte[] json, long length, PointerByReference text,
        PointerByReference error);
    String placement_pack_id(Pointer pack, Pointer length);
    String placement_pack_item_text(Pointer pack, int kind, int item, Pointer length);
    int placement_pack_rule_urgency(Pointer pack, int rule);
    String placement_pack_rule_action(Pointer pack, int rule, Pointer length);
    String placement_urgency_name(int urgency);
    String placement_field_question(int field, Pointer length);
    int placement_assessment_read(byte[] json, long length, PointerByReference person, PointerByReference error);
    void placement_assessment_destroy(Pointer person);
    void placement_result_destroy(Pointer result);
    Pointer placement_result_pack(Pointer result);
    int placement_result_status(Pointer result);
    String placement_status_name(int status);
    int placement_result_level(Pointer result);
    int placement_result_count(Pointer result, int list);
    int placement_result_item(Pointer result, int list, int index);
    int placement_result_state(Pointer result, int kind, int item);
    int placement_result_next_question(Pointer result);
  }

  static final Placement LIBRARY = Native.load("libplacement.so." + ABI_MAJOR, Placement.class,
      Map.of(Library.OPTION_STRING_ENCODING, "UTF-8"));

  /** An input that the library does not take: what is wrong, never the value of an answer. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(Pointer error) {
      super(text(error));
      LIBRARY.placement_error_destroy(error);
    }

    private static String text(Pointer error) {
      StringBuilder text = new StringBuilder("refused: ");
      text.append(LIBRARY.placement_error_name(LIBRARY.placement_error_code(error)));
      for (int i = 0; i < LIBRARY.placement_error_fault_count(error); ++i)
        text.append("\n  ").append(LIBRARY.placement_error_fault_where(error, i, null)).append(": ")
            .append(LIBRARY.placement_error_fault_message(error, i, null));
      return text.toString();
    }
  }

  /** Make one and keep it; all threads may use it. Close it when none does any more. */
  static final class Engine implements AutoCloseable {
    private final Pointer engine;

    Engine() throws Refused {
      PointerByReference made = new PointerByReference(), error = new PointerByReference();
      if (LIBRARY.placement_engine_default(null, made, error) != OK) throw new Refused(error.getValue());
      engine = made.getValue();
    }

    @Override public void close() { LIBRARY.placement_engine_release(engine); }

    String packId() { return LIBRARY.placement_pack_id(LIBRARY.placement_engine_pack(engine), null); }

    /** The whole answer: JSON in, JSON out. */
    String recommend(byte[] json) throws Refused {
      PointerByReference text = new PointerByReference(), error = new PointerByReference();
      if (LIBRARY.placement_engine_recommend_json(engine, json, json.length, text, error) != OK)
        throw new Refused(error.getValue());
      try {
        return LIBRARY.placement_text_bytes(text.getValue(), null);
      } finally {
        LIBRARY.placement_text_destroy(text.getValue());
      }
    }

    /** The short answer, a few lines. */
    List<String> place(byte[] json) throws Refused {
      PointerByReference person = new PointerByReference(), result = new PointerByReference();
      PointerByReference error = new PointerByReference();
      if (LIBRARY.placement_assessment_read(json, json.length, person, error) != OK)
        throw new Refused(error.getValue());
      try {
        if (LIBRARY.placement_engine_recommend(engine, person.getValue(), result, error) != OK)
          throw new Refused(error.getValue());
        return lines(result.getValue());
      } finally {
        LIBRARY.placement_result_destroy(result.getValue());
        LIBRARY.placement_assessment_destroy(person.getValue());
      }
    }
  }

  static List<String> lines(Pointer result) {
    List<String> lines = new ArrayList<>();
    Pointer pack = LIBRARY.placement_result_pack(result);
    lines.add("status: " + LIBRARY.placement_status_name(LIBRARY.placement_result_status(result)));
    int level = LIBRARY.placement_result_level(result);
    if (level != NONE) lines.add("level: " + LIBRARY.placement_pack_item_text(pack, LEVELS, level, null));
    for (int i = 0; i < LIBRARY.placement_result_count(result, DETERMINING); ++i) {
      int rule = LIBRARY.placement_result_item(result, DETERMINING, i);
      lines.add("because: " + LIBRARY.placement_pack_item_text(pack, RULES, rule, null));
    }
    for (int i = 0; i < LIBRARY.placement_result_count(result, ALERTS); ++i) {
      int rule = LIBRARY.placement_result_item(result, ALERTS, i);
      if (LIBRARY.placement_result_state(result, RULES, rule) == HOLDS)
        lines.add("alert, " + LIBRARY.placement_urgency_name(LIBRARY.placement_pack_rule_urgency(pack, rule)) + ": "
            + LIBRARY.placement_pack_rule_action(pack, rule, null));
    }
    int question = LIBRARY.placement_result_next_question(result);
    if (question != NONE) lines.add("ask: " + LIBRARY.placement_field_question(question, null));
    return lines;
  }

  static boolean threadsAgree(Engine engine) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      byte[] nobody = "{}".getBytes(StandardCharsets.UTF_8);
      Callable<String> ask = () -> engine.recommend(nobody);
      String first = ask.call();
      boolean agree = true;
      for (Future<String> other : pool.invokeAll(List.of(ask, ask, ask, ask))) agree &= first.equals(other.get());
      return agree;
    } finally {
      pool.shutdown();
    }
  }

  public static void main(String[] paths) throws Exception {
    if (LIBRARY.placement_abi_check(ABI_MAJOR, ABI_MINOR) != OK)
      throw new IllegalStateException("another version of libplacement is needed");
    try (Engine engine = new Engine()) {
      System.out.println("rules: " + engine.packId());
      List<byte[]> inputs = new ArrayList<>();  // bytes: the library says what is no UTF-8
      for (String path : paths) inputs.add(Files.readAllBytes(Path.of(path)));
      inputs.add("{\"cows_score\": 99, \"housing\": \"castle\"}".getBytes(StandardCharsets.UTF_8));
      for (byte[] input : inputs) {
        try {
          engine.place(input).forEach(System.out::println);
        } catch (Refused refused) {
          System.out.println(refused.getMessage());
        }
      }
      System.out.println("4 threads " + (threadsAgree(engine) ? "agree" : "differ"));
    }
  }
}
