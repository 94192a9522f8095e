//! A county or the nation as a node of the network.

use super::county_process::CountyProcess;
use super::nation_process::NationProcess;
use super::setting::Setting;
use crate::base::Fingerprint;
use crate::event::{Event, Message};
use crate::kernel::{BucketQueue, HeapQueue};
use crate::runner::{Envelope, LogicalProcess, Node, Window};
use serde::{Deserialize, Serialize};

/// One process with its queue. Two kinds in one network, told apart once a window rather than once an event.
#[derive(Clone, Serialize, Deserialize)]
pub enum ModelNode {
    /// A county.
    County(Box<LogicalProcess<CountyProcess, BucketQueue<Event>>>),
    /// The nation.
    Nation(Box<LogicalProcess<NationProcess, HeapQueue<()>>>),
}

impl ModelNode {
    /// The county's process, if it is one.
    pub fn county(&self) -> Option<&CountyProcess> {
        match self {
            ModelNode::County(process) => Some(process.simulator().process()),
            ModelNode::Nation(_) => None,
        }
    }

    /// The county's process, if it is one.
    pub(crate) fn county_mut(&mut self) -> Option<&mut CountyProcess> {
        match self {
            ModelNode::County(process) => Some(process.simulator_mut().process_mut()),
            ModelNode::Nation(_) => None,
        }
    }

    /// The nation's process, if it is that.
    pub fn nation(&self) -> Option<&NationProcess> {
        match self {
            ModelNode::County(_) => None,
            ModelNode::Nation(process) => Some(process.simulator().process()),
        }
    }

    /// The nation's process, if it is that.
    pub(crate) fn nation_mut(&mut self) -> Option<&mut NationProcess> {
        match self {
            ModelNode::County(_) => None,
            ModelNode::Nation(process) => Some(process.simulator_mut().process_mut()),
        }
    }

    /// Events handled so far.
    pub fn handled(&self) -> u64 {
        match self {
            ModelNode::County(process) => process.simulator().handled(),
            ModelNode::Nation(process) => process.simulator().handled(),
        }
    }
}

impl Node for ModelNode {
    type Message = Message;
    type Context = Setting;

    fn advance(
        &mut self,
        setting: &Setting,
        window: Window,
        inbox: &[Envelope<Message>],
        outgoing: &mut Vec<Envelope<Message>>,
    ) {
        match self {
            ModelNode::County(process) => {
                process.simulator().process().prefetch(process.recent());
                process.advance(setting, window, inbox, outgoing);
            }
            ModelNode::Nation(process) => process.advance(setting, window, inbox, outgoing),
        }
    }

    fn fingerprint(&self) -> Fingerprint {
        match self {
            ModelNode::County(process) => process.fingerprint(),
            ModelNode::Nation(process) => process.fingerprint(),
        }
    }

    fn weight(&self) -> u64 {
        match self {
            ModelNode::County(process) => process.weight(),
            ModelNode::Nation(process) => process.weight(),
        }
    }
}
