//! Questions asked of an ensemble: answers that hold, runs that are kept, files of one's own.

use crate::program::run;
use std::fs;
use std::path::Path;

const MEMBERS: &str = include_str!("../fixtures/ensembles/twelve.csv");

/// A question of one's own: what a higher commission makes of partners.
const QUESTIONS: &str = r#"(
    changes: [("end", "2015-03-31")],
    questions: [(
        name: "commission",
        asks: "What does twice the commission change?",
        first: "tiny",
        second: "twice.ron",
        answers: [
            (read: Series("paid_for_partner_commission", Until("2015-03-31")), unit: "yuan",
                more: "Partners are paid more", less: "Partners are paid less"),
            (read: Series("centres_open", At("2015-03-31")), unit: "centres",
                more: "More centres are open", less: "Fewer centres are open"),
        ],
    )],
)"#;

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("mine.csv", MEMBERS);
    write("questions.ron", QUESTIONS);
    write("tiny.ron", include_str!("../../scenarios/tiny.ron"));
    write("twice.ron", "(base: \"tiny.ron\", name: \"twice\", question: \"?\", partner: (commission: 0.09))");
    folder
}

fn asked(path: &Path, more: &[&str]) -> crate::program::Ended {
    let own = ["conclude", "--questions", "questions.ron", "--ensemble-file", "mine.csv", "--ensemble", "8"];
    run(path, &[&own[..], &["--seeds", "1", "--quiet"], more].concat())
}

#[test]
fn answers_hold_in_so_many_members_and_runs_are_kept() {
    let folder = folder();
    let path = folder.path();
    let first = asked(path, &["--out", "page.md"]);
    assert_eq!(first.code, Some(0), "{}", first.err);
    for part in
        ["8 members of the ensemble", "Partners are paid more: in 8 of 8", "No difference in any of 8"]
    {
        assert!(first.out.contains(part), "{part} in\n{}", first.out);
    }
    let page = fs::read_to_string(path.join("page.md")).unwrap();
    assert!(page.contains("<!-- generated: conclusions -->") && page.contains("### What does twice"));
    let kept = || fs::read_dir(path.join("runs/evidence")).unwrap().count();
    assert_eq!(kept(), 16, "a run of each member and scenario");
    let again = asked(path, &[]);
    assert_eq!((again.code, again.out, kept()), (Some(0), first.out, 16));
    let json = asked(path, &["--json"]);
    let document: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    let answer = &document[0]["answers"][0];
    assert_eq!((answer["holds"].as_bool(), answer["more"].as_u64()), (Some(true), Some(8)));
    assert!(answer["second"].as_f64() > answer["first"].as_f64());
}

#[test]
fn faulty_questions_are_refused() {
    let folder = folder();
    let path = folder.path();
    let refused = asked(path, &["commision"]);
    assert!(refused.code == Some(2) && refused.err.contains("there are commission"), "{}", refused.err);
    let faulty = QUESTIONS.replace("centres_open", "centres_opn").replace("twice.ron", "tiny");
    fs::write(path.join("questions.ron"), faulty).unwrap();
    let refused = asked(path, &[]);
    assert_eq!(refused.code, Some(2));
    for part in ["questions.ron:", "centres_opn", "centres_open", "another scenario than"] {
        assert!(refused.err.contains(part), "{part} in\n{}", refused.err);
    }
}
